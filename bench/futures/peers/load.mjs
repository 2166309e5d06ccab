/** Imports a library that is installed here and not in the project. */
export const load = (name) => import(name);
