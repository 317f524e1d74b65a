"""What QGIS sees of a workspace: the number of communes, their shortfall, and the settlements."""
import sys

from qgis.core import QgsApplication, QgsDataSourceUri, QgsVectorLayer

app = QgsApplication([], False)
app.initQgis()


def layer(name):
    uri = QgsDataSourceUri()
    uri.setDatabase(sys.argv[1])
    uri.setDataSource("", name, "geom")
    found = QgsVectorLayer(uri.uri(), name, "spatialite")
    if not found.isValid() or found.crs().authid() != "EPSG:4326":
        sys.exit("QGIS cannot read " + name)
    return found


communes = layer("map_commune")
shortfall = [f["shortfall"] for f in communes.getFeatures() if not f.geometry().isEmpty()]
known = [s for s in shortfall if s]
print(communes.featureCount(), len(shortfall), repr(float(sum(known))),
      layer("map_settlement").featureCount())
