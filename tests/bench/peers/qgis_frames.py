"""qgis_frames.py FOLDER [PICTURE]: with a picture, draws the first one and ends; else times frames.
As QGIS comes: lines of 0.26 mm, and vertices that a screen would not show are left out (drawing
all of them takes it ten times as long)."""
import os
import sys

os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')
from frames import COLOURS, HEIGHT, WIDTH, boxes, run  # noqa: E402
from qgis.core import (QgsApplication, QgsFillSymbol, QgsGraduatedSymbolRenderer,  # noqa: E402
                       QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsRendererRange,
                       QgsVectorLayer, QgsVectorLayerJoinInfo, QgsProject)
from qgis.PyQt.QtCore import QSize  # noqa: E402

folder = sys.argv[1]
program = QgsApplication([], False)
program.initQgis()
communes = QgsVectorLayer(f'{folder}/communes.shp', 'communes', 'ogr')
rates = QgsVectorLayer(f'{folder}/rates.csv', 'rates', 'ogr')
QgsProject.instance().addMapLayers([communes, rates])
join = QgsVectorLayerJoinInfo()
join.setJoinLayer(rates)
join.setJoinFieldName('code')
join.setTargetFieldName('code')
join.setUsingMemoryCache(True)
join.setPrefix('')
communes.addJoin(join)

settings = QgsMapSettings()
settings.setLayers([communes])
settings.setOutputSize(QSize(WIDTH, HEIGHT))
settings.setDestinationCrs(communes.crs())
settings.setFlag(QgsMapSettings.Antialiasing, True)
settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)


def restyle(n):
    ranges = []
    for k, colour in enumerate(COLOURS):
        symbol = QgsFillSymbol.createSimple({'color': colour, 'outline_color': 'white',
                                             'outline_width': '0.26'})
        ranges.append(QgsRendererRange(k / 5, (k + 1) / 5, symbol, str(k)))
    communes.setRenderer(QgsGraduatedSymbolRenderer(('r1', 'r2')[n], ranges))


def draw(box):
    settings.setExtent(QgsRectangle(*box))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


if len(sys.argv) > 2:
    restyle(0)
    draw(boxes(folder)[0]).save(sys.argv[2])
else:
    run(folder, restyle, draw)
sys.stdout.flush()
os._exit(0)  # QGIS takes its time to take itself apart, which is nobody's concern here
