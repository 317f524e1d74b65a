"""What every peer is asked to draw, and how its times are kept."""
import json
import sys
import time
from pathlib import Path

WIDTH, HEIGHT = 1920, 1080
COLOURS = ('#993404', '#d95f0e', '#fe9929', '#fed98e', '#9ecae1')
FRAMES = 5


def boxes(folder):
    found = json.loads((Path(folder) / 'box.json').read_text())
    return found['whole'], found['part']


def panned(box, step):
    """Moved to the east by 40 pixels for each step; the box fills the picture's height."""
    shift = step * 40 * (box[3] - box[1]) / HEIGHT
    return (box[0] + shift, box[1], box[2] + shift, box[3])


def zoomed(box, step):
    """A little nearer with each step."""
    k = 0.5 * 0.97 ** step
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    w, h = (box[2] - box[0]) * k, (box[3] - box[1]) * k
    return (x - w, y - h, x + w, y + h)


def run(folder, restyle, draw):
    """restyle(n) chooses indicator n, draw(box) draws a whole picture: times in ms, as JSON."""
    whole, part = boxes(folder)
    times = {name: [] for name in ('restyle', 'pan', 'zoom', 'part_pan', 'part_zoom')}

    def timed(name, box):
        start = time.perf_counter()
        draw(box)
        times[name].append((time.perf_counter() - start) * 1000)

    restyle(0)
    draw(whole)
    for step in range(1, FRAMES + 1):
        restyle(step % 2)
        timed('restyle', whole)
    for step in range(1, FRAMES + 1):
        timed('pan', panned(whole, step))
        timed('zoom', zoomed(whole, step))
    draw(part)
    for step in range(1, FRAMES + 1):
        timed('part_pan', panned(part, step))
        timed('part_zoom', zoomed(part, step))
    json.dump(times, sys.stdout)
