"""Talks to one simulated router with netmiko as it is, and prints what it saw as JSON.

The first argument is netmiko's connection arguments as JSON.
"""

import json
import sys

from netmiko import ConnectHandler
from netmiko.exceptions import NetmikoAuthenticationException

arguments = json.loads(sys.argv[1])
seen = {}
try:
    with ConnectHandler(**arguments) as connection:
        seen["before"] = connection.find_prompt()
        connection.enable()
        seen["after"] = connection.find_prompt()
        seen["brief"] = connection.send_command("sh ip int br")
        seen["parsed"] = connection.send_command("show ip interface brief", use_textfsm=True)
        seen["dialogue"] = connection.send_config_set(
            ["interface Loopback10", "description x", "ip route 10.9.0.0 255.255.0.0 Null0"]
        )
        seen["readBack"] = connection.send_command("show running-config | section Loopback10|ip route")
        seen["refused"] = connection.send_command("sh clck")
        seen["saved"] = connection.save_config()
except NetmikoAuthenticationException as error:
    seen["refusal"] = type(error).__name__
print(json.dumps(seen))
