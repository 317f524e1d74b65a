"""The same picture for everybody: the communes with two made-up indicators of five classes.

prepare.py BOUNDARIES FOLDER writes into FOLDER
  communes.shp (+ .index)   boundaries with c1, c2 (class 0 to 4) joined, for Mapnik and mapshaper
  communes.fgb, rates.csv   boundaries as they came and the numbers beside them, for QGIS
  reports.csv               the same rates as reports, for Phủ Sóng
  box.json                  the whole land, and Điện Biên or another part of it
"""
import csv
import json
import random
import subprocess
import sys
from pathlib import Path

from osgeo import ogr

ogr.UseExceptions()


def main(boundaries, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(['ogr2ogr', '-f', 'ESRI Shapefile', str(folder / 'communes.shp'), str(boundaries),
                    '-lco', 'ENCODING=UTF-8', '-nlt', 'MULTIPOLYGON', '-select',
                    'code,province,population', '-nln', 'communes'],
                   check=True, stderr=subprocess.DEVNULL)
    chance = random.Random(1)
    source = ogr.Open(str(folder / 'communes.shp'), 1)
    layer = source.GetLayer(0)
    for name in ('c1', 'c2'):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTInteger))
    rows, part, whole = [], None, None
    for feature in layer:
        first, second = chance.random(), chance.random()
        feature['c1'], feature['c2'] = int(first * 5), int(second * 5)
        layer.SetFeature(feature)
        rows.append((feature['code'], first, second))
        west, east, south, north = feature.geometry().GetEnvelope()
        box = (west, south, east, north)
        whole = box if whole is None else join(whole, box)
        if feature['province'] and 'Điện Biên' in feature['province']:
            part = box if part is None else join(part, box)
    source = layer = None
    subprocess.run(['shapeindex', str(folder / 'communes.shp')], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(folder / 'rates.csv', 'w', newline='') as out:
        table = csv.writer(out)
        table.writerow(('code', 'r1', 'r2'))
        table.writerows(rows)
    with open(folder / 'rates.csvt', 'w') as out:
        out.write('"String","Real","Real"\n')
    with open(folder / 'reports.csv', 'w', newline='') as out:
        table = csv.writer(out)
        table.writerow(('week_ending', 'commune_code', 'eligible', 'installed', 'activated_l1',
                        'activated_l2', 'sessions', 'people_reached'))
        for code, first, second in rows:
            table.writerow(('2026-01-04', code, 10000, round(8000 * second) + 1500,
                            round(8000 * second), round(7000 * first), 1, 10))
    if part is None:  # a made-up land: its middle, a twentieth of it
        w, h = (whole[2] - whole[0]) / 9, (whole[3] - whole[1]) / 9
        x, y = (whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2
        part = (x - w, y - h, x + w, y + h)
    (folder / 'box.json').write_text(json.dumps({'whole': whole, 'part': part}))


def join(a, b):
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


main(*sys.argv[1:])
