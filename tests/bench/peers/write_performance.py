"""write_performance.py FOLDER OUT.md: the tables of docs/performance.md from what was measured."""
import datetime
import json
import math
import platform
import subprocess
import sys
from pathlib import Path

REACH = {  # what we aim at, as a share of the peer's time
    ('first picture, prepared', 'Mapnik'): 0.35, ('first picture, empty cache', 'Mapnik'): 1.5,
    ('import', 'mapshaper'): 1.0, ('another indicator', 'Mapnik'): 1 / 30,
    ('another indicator', 'QGIS'): 1 / 100, ('pan, nation', 'Mapnik'): 0.2,
    ('zoom, nation', 'Mapnik'): 0.2, ('pan, Điện Biên', 'Mapnik'): 0.2,
    ('zoom, Điện Biên', 'Mapnik'): 0.2}


def words(command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ''


def version(package):
    return words(['dpkg-query', '-W', '-f=${Version}', package]) or 'not installed'


def machine():
    model = next((line.split(':', 1)[1].strip() for line in open('/proc/cpuinfo')
                  if line.startswith('model name')), platform.processor())
    cores = words(['nproc'])
    memory = next(int(line.split()[1]) // 1024 ** 2 for line in open('/proc/meminfo')
                  if line.startswith('MemTotal'))
    system = next((line.split('=', 1)[1].strip().strip('"') for line in open('/etc/os-release')
                   if line.startswith('PRETTY_NAME')), platform.system())
    return (f'{system}, {cores} cores of {model}, {memory} GiB; OpenGL by Mesa '
            f"{version('libgl1-mesa-dri')} on the processor; Mapnik {version('libmapnik3.1')}, "
            f"QGIS {version('qgis')}")


def time_of(seconds):
    for unit, least in (('s', 1), ('ms', 1e-3), ('µs', 1e-6)):
        if seconds >= least:
            value = seconds / least
            return f'{value:.3g} {unit}' if value < 1000 else f'{value:.0f} {unit}'
    return f'{seconds * 1e9:.3g} ns'


def peers_table(found):
    lines = ['| | Phủ Sóng | peer | ratio | aim |', '|---|---|---|---|---|']
    for row in found['rows']:
        aim = REACH.get((row['what'], row['peer'].split(',')[0].split()[0]))
        lines.append(f"| {row['what']} | {time_of(row['ours_s'])} | {time_of(row['theirs_s'])} "
                     f"({row['peer']}) | {row['ratio']:.3f} | {'' if aim is None else f'{aim:.3f}'} |")
    return lines


def bench_tables(folder):
    lines = []
    for file in sorted(folder.glob('bench_*.json')):
        try:
            found = json.loads(file.read_text())['benchmarks']
        except (ValueError, KeyError):
            continue
        medians = [b for b in found if b.get('aggregate_name', 'median') == 'median']
        lines += ['', f'### {file.stem}', '', '| | processor time | counts |', '|---|---|---|']
        for b in medians:
            unit = {'ns': 1e-9, 'us': 1e-6, 'ms': 1e-3, 's': 1}[b.get('time_unit', 'ns')]
            known = {'name', 'family_index', 'per_family_instance_index', 'run_name', 'run_type',
                     'repetitions', 'repetition_index', 'threads', 'aggregate_name',
                     'aggregate_unit', 'iterations', 'real_time', 'cpu_time', 'time_unit', 'label'}
            counts = ', '.join(f'{name} {value:.6g}' for name, value in b.items()
                               if name not in known and isinstance(value, (int, float)))
            lines.append(f"| `{b['run_name']}` | {time_of(b['cpu_time'] * unit)} | {counts} |")
    return lines


def exponents(folder):
    """Fitted by least squares to log time over log size, where a bench ran at several sizes."""
    series = {}
    for file in sorted(folder.glob('bench_*.json')):
        try:
            found = json.loads(file.read_text())['benchmarks']
        except (ValueError, KeyError):
            continue
        for b in found:
            parts = b.get('run_name', b['name']).split('/')
            if b.get('aggregate_name', 'median') == 'median' and len(parts) > 1 and parts[1].isdigit():
                series.setdefault(parts[0], {})[int(parts[1])] = b['cpu_time']
    lines = []
    for name, times in series.items():
        if len(times) < 3:
            continue
        if min(times) <= 0 or min(times.values()) <= 0:
            continue  # not a size, or too short to be timed
        x, y = [math.log(n) for n in times], [math.log(t) for t in times.values()]
        mx, my = sum(x) / len(x), sum(y) / len(y)
        slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)
        lines.append(f"| `{name}` | {', '.join(str(n) for n in times)} | {slope:.2f} |")
    if lines:
        lines = ['', '## Cost against work', '', 'Exponent of time over size, fitted.', '',
                 '| | sizes | exponent |', '|---|---|---|'] + lines
    return lines


def main(folder, out):
    folder = Path(folder)
    text = ['# Performance', '',
            'Written by `tests/bench/measure` on ' + datetime.date.today().isoformat() + ': ' +
            machine() + '.', '']
    peers = folder / 'peers.json'
    if peers.exists():
        found = json.loads(peers.read_text())
        text += ['## Beside the peers', '',
                 'The same communes at full detail, 1920×1080, antialiased, five classes; medians of '
                 'five in one run, taken in turns. Ratio: our time over the peer\'s.', '']
        text += peers_table(found)
        text += ['', f"Hover to the unit under the cursor: {time_of(found['hover_s'])}."
                 if found.get('hover_s') else '',
                 f"Peak memory of `render`: {found['peak_mib']:.0f} MiB.", '']
    text += exponents(folder)
    text += ['', '## Every bench'] + bench_tables(folder)
    notes = Path(out).with_name('performance_notes.md')
    if notes.exists():
        text += ['', notes.read_text().strip()]
    Path(out).write_text('\n'.join(line for line in text) + '\n')


main(*sys.argv[1:])
