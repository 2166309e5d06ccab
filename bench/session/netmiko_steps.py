"""One session of netmiko, step by step; prints what each took as JSON."""

import json
import sys
import time

from netmiko import ConnectHandler

device = json.loads(sys.argv[1])
steps = []


def lap(step):
    global at, cpu
    now, used = time.perf_counter(), time.process_time()
    steps.append({"step": step, "ms": (now - at) * 1000, "cpuMs": (used - cpu) * 1000})
    at, cpu = time.perf_counter(), time.process_time()


at, cpu = time.perf_counter(), time.process_time()
connection = ConnectHandler(
    device_type="cisco_ios",
    host=device["host"],
    port=device["port"],
    username=device["username"],
    password=device["password"],
    secret=device["secret"],
)
lap("connection and usable session, together")
connection.enable()
lap("enable")
connection.send_command("show clock")
lap("one command")
connection.send_config_set(["ip route 10.1.0.0 255.255.0.0 Null0"])
lap("one line of configuration")
connection.send_config_set([f"ip route 10.200.{n}.0 255.255.255.0 Null0" for n in range(200)])
lap("200 static routes, a line at a time")
connection.disconnect()
lap("disconnect")
print(json.dumps(steps))
