"""Times Phủ Sóng and its peers in turns, in one run, on the same picture of the same land.

peers.py PHUSONG BENCH_PAINT MAPSHAPER BOUNDARIES FOLDER OUT.json

Whole processes run in turns (ours, theirs, ours, theirs …) and frames in children of their own; of
each the median counts, and what is quoted is the ratio of two medians of one run.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
RUNS = 5


def seconds(command, before=None, **more):
    if before:
        before()
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    return time.perf_counter() - start


def in_turns(ours, theirs):
    """Medians of both, after one run of each that does not count."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def frames(script, folder):
    text = subprocess.run([sys.executable, str(HERE / script), str(folder)], check=True,
                          capture_output=True, text=True).stdout
    return {name: statistics.median(times) / 1000 for name, times in json.loads(text).items()}


def our_frames(bench, workspace, cache):
    """Of bench_paint, in seconds by the names that the peers' frames have."""
    environment = dict(os.environ, PHUSONG_CACHE=str(cache), PHUSONG_BENCH_WORKSPACE=str(workspace))
    text = subprocess.run([bench, '--benchmark_format=json', '--benchmark_min_time=0.5',
                           '--benchmark_filter=workspace_'], check=True, capture_output=True,
                          text=True, env=environment).stdout
    out = {}
    for found in json.loads(text)['benchmarks']:
        unit = {'ns': 1e-9, 'us': 1e-6, 'ms': 1e-3, 's': 1}[found['time_unit']]
        out[found['name'].split('/')[0].removeprefix('workspace_')] = found['real_time'] * unit
    return out


def peak_mib(command, **more):
    """Of a whole process, MiB."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_maxrss / 1024


def main(phusong, bench, mapshaper, boundaries, folder, out):
    folder = Path(folder)
    subprocess.run([sys.executable, str(HERE / 'prepare.py'), boundaries, str(folder)], check=True)
    workspace, cache, fresh = folder / 'nation.phusong', folder / 'cache', folder / 'fresh'
    kept = dict(os.environ, PHUSONG_CACHE=str(cache))

    def wipe():
        for file in folder.glob('nation.phusong*'):
            file.unlink()
        shutil.rmtree(cache, ignore_errors=True)

    importing = [phusong, 'import', 'boundaries', '-w', str(workspace), boundaries]
    simplifying = [mapshaper, str(folder / 'communes.shp'), '-simplify', '10%', '-o', 'force',
                   str(folder / 'simplified.shp')]
    rows = [('import', 'mapshaper, reads, simplifies and writes',
             *in_turns(lambda: seconds(importing, wipe, env=kept), lambda: seconds(simplifying)))]
    subprocess.run([phusong, 'import', 'table', '-w', str(workspace), str(folder / 'reports.csv'),
                    '--as', 'reports'], check=True, stdout=subprocess.DEVNULL, env=kept)

    drawing = [phusong, 'render', '-w', str(workspace), str(folder / 'ours.png'), '--size', '1920x1080']

    def mapnik():
        return float(subprocess.run([sys.executable, str(HERE / 'mapnik_frames.py'), str(folder),
                                     str(folder / 'mapnik.png')], check=True, capture_output=True,
                                    text=True).stdout)

    rows.append(('first picture, prepared', 'Mapnik, loaded and joined already',
                 *in_turns(lambda: seconds(drawing, env=kept), mapnik)))
    empty = dict(os.environ, PHUSONG_CACHE=str(fresh))
    rows.append(('first picture, empty cache', 'Mapnik, loaded and joined already',
                 *in_turns(lambda: seconds(drawing, lambda: shutil.rmtree(fresh, ignore_errors=True),
                                           env=empty), mapnik)))
    ours = our_frames(bench, workspace, cache)
    of_mapnik, of_qgis = frames('mapnik_frames.py', folder), frames('qgis_frames.py', folder)
    names = {'restyle': 'another indicator', 'pan': 'pan, nation', 'zoom': 'zoom, nation',
             'part_pan': 'pan, Điện Biên', 'part_zoom': 'zoom, Điện Biên'}
    for key, name in names.items():
        rows.append((name, 'Mapnik, a frame', ours[key], of_mapnik[key]))
    rows.append((names['restyle'], 'QGIS, a frame', ours['restyle'], of_qgis['restyle']))
    report = [{'what': what, 'peer': peer, 'ours_s': a, 'theirs_s': b, 'ratio': a / b}
              for what, peer, a, b in rows]
    Path(out).write_text(json.dumps({'rows': report, 'hover_s': ours.get('hover'),
                                     'peak_mib': peak_mib(drawing, env=kept)}, indent=1))
    for row in report:
        print(f"{row['what']:28} {row['ours_s'] * 1000:9.1f} ms   {row['theirs_s'] * 1000:9.1f} ms   "
              f"{row['ratio']:.3f} of {row['peer']}")


main(*sys.argv[1:])
