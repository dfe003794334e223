"""The loop that a lab writes today: pyvisa with the pure-Python backend, eight channels, query, threshold, off.

    visa_loop.py ADDRESS SECONDS CURRENT_A

Each channel is switched on, read as fast as the loop goes, and switched off when |V| falls below a fifth of what it was; then it is switched on
again. Prints one JSON object: samples, seconds and processor seconds of the loop, channels switched off.
"""
import json
import sys
import time

import pyvisa

CHANNELS = range(1, 9)
SETTLE_S = 0.5


def switch_on(inst, channel, amperes):
    # One message with one reply: four writes in a row would each wait for the other side's delayed acknowledgement (40 ms).
    on = inst.query(
        f"CURR:RANG {abs(amperes):.6E},(@{channel});FUNC CURR,(@{channel});CURR {amperes:.6E},(@{channel});"
        f"OUTP ON,(@{channel});OUTP? (@{channel})")
    assert on.strip() == "1"
    return time.monotonic() + SETTLE_S


def main(address, seconds, amperes):
    inst = pyvisa.ResourceManager("@py").open_resource(address, read_termination="\n", write_termination="\n")
    inst.query("*IDN?")
    armed = {c: switch_on(inst, c, amperes) for c in CHANNELS}
    expected = dict.fromkeys(CHANNELS, 0.0)
    samples = offs = 0
    begun, cpu = time.monotonic(), time.process_time()
    while time.monotonic() < begun + seconds:
        for c in CHANNELS:
            volts, _ = map(float, inst.query(f"MEAS? (@{c})").split(","))
            samples += 1
            if time.monotonic() < armed[c]:
                expected[c] = abs(volts)
            elif abs(volts) < 0.2 * expected[c]:
                assert inst.query(f"OUTP OFF,(@{c});OUTP? (@{c})").strip() == "0"
                offs += 1
                armed[c] = switch_on(inst, c, amperes)
    cpu, took = time.process_time() - cpu, time.monotonic() - begun
    for c in CHANNELS:
        inst.write(f"OUTP OFF,(@{c})")
    inst.query("OUTP? (@1)")
    inst.close()
    print(json.dumps({"samples": samples, "seconds": took, "cpu_seconds": cpu, "offs": offs}))


main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
