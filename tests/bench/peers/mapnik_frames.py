"""mapnik_frames.py FOLDER [PICTURE]: with a picture, draws the first one and tells how many seconds that
took, without the start of Python and the loading of Mapnik; else times frames."""
import sys
import time

import mapnik
from frames import COLOURS, HEIGHT, WIDTH, boxes, run


def style_by(field):
    style = mapnik.Style()
    for n, colour in enumerate(COLOURS):
        rule = mapnik.Rule()
        rule.filter = mapnik.Expression(f'[{field}]={n}')
        fill = mapnik.PolygonSymbolizer()
        fill.fill = mapnik.Color(colour)
        line = mapnik.LineSymbolizer()
        line.stroke = mapnik.Color('white')
        line.stroke_width = 1.0
        rule.symbols.append(fill)
        rule.symbols.append(line)
        style.rules.append(rule)
    return style


start = time.perf_counter()
folder = sys.argv[1]
picture = mapnik.Map(WIDTH, HEIGHT)
picture.background = mapnik.Color('#f4f4f2')
for name in ('c1', 'c2'):
    picture.append_style(name, style_by(name))
layer = mapnik.Layer('communes')
layer.datasource = mapnik.Shapefile(file=f'{folder}/communes.shp')
layer.styles.append('c1')
picture.layers.append(layer)


def restyle(n):
    while len(layer.styles):
        del layer.styles[0]
    layer.styles.append(('c1', 'c2')[n])
    picture.layers[0] = layer


def draw(box):
    picture.zoom_to_box(mapnik.Box2d(*box))
    image = mapnik.Image(WIDTH, HEIGHT)
    mapnik.render(picture, image)
    return image


if len(sys.argv) > 2:
    draw(boxes(folder)[0]).save(sys.argv[2], 'png')
    print(time.perf_counter() - start)
else:
    run(folder, restyle, draw)
