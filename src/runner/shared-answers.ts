/** What answers the questions of a run: those that are about the same thing are asked once. */
type Ask<D> = (question: unknown, device: D) => Promise<string>;

/**
 * Lets a person answer once what holds for every device of a run, such as the passphrase of a key file: each thread and
 * process of a pool asks for itself. A question without an answer may be asked again.
 */
export function shareAnswers<D>(ask: Ask<D>): Ask<D> {
  const answers = new Map<string, Promise<string>>();
  return (question, device) => {
    const about = aboutOf(question);
    if (about === undefined) return ask(question, device);
    const known = answers.get(about);
    if (known !== undefined) return known;
    const answer = ask(question, device);
    answers.set(about, answer);
    answer.catch(() => answers.delete(about));
    return answer;
  };
}

/** The question came from another thread or process: nothing of it is certain. */
function aboutOf(question: unknown): string | undefined {
  if (typeof question !== 'object' || question === null || !('about' in question)) return undefined;
  return typeof question.about === 'string' ? question.about : undefined;
}
