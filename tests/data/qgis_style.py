"""What QGIS makes of an exported GeoPackage on opening it, with the style it finds inside:
one fact a line."""
import sys

from qgis.core import QgsApplication, QgsRenderContext, QgsVectorLayer

app = QgsApplication([], False)
app.initQgis()

layer = QgsVectorLayer(sys.argv[1] + "|layername=communes", "communes", "ogr")
if not layer.isValid():
    sys.exit("QGIS cannot open it")
print("crs", layer.crs().authid())
print("features", layer.featureCount())
renderer = layer.renderer()
print("renderer", renderer.type(), renderer.classAttribute())
for category in renderer.categories():
    fill = category.symbol().symbolLayer(0)
    print("category", category.value(), fill.color().name(), int(fill.strokeStyle()),
          category.label())
if layer.labelsEnabled():
    settings = layer.labeling().settings()
    text = settings.format()  # kept: its parts live no longer than it does
    print("labels", settings.fieldName, int(text.buffer().enabled()))
for field in layer.fields():
    print("field", field.name(), field.typeName(), field.displayName())

context = QgsRenderContext()
renderer.startRender(context, layer.fields())
for feature in layer.getFeatures():
    symbol = renderer.symbolForFeature(feature, context)
    print("feature", feature["code"], symbol.color().name() if symbol else "not drawn",
          "shape" if feature.hasGeometry() and not feature.geometry().isEmpty() else "no shape")
renderer.stopRender(context)

notes = QgsVectorLayer(sys.argv[1] + "|layername=notes", "notes", "ogr")
for note in notes.getFeatures():
    print("note", note["note"])
