/// The layout of boxes that are connected.
struct PartLayout {
    let size: Size
    let boxes: [Rect]
    let labels: [Rect]
    let routes: [Route]
    let jumps: [Rect?]

    /// Layers that a line may span; a longer line ends at a box that names its target, since no eye follows it.
    private static let longestLine = 24
    /// Rows that all lines together may pass, for the time it takes.
    private static let joints = 24_000

    init(_ sketch: Sketch) {
        var sketch = sketch
        let layers = Layers(sketch)
        var jumpBox: [Int?] = Array(repeating: nil, count: sketch.lines.count)
        var layer = layers.layer
        var leadsBack = layers.leadsBack
        for number in Self.tooLong(sketch, layers) {
            jumpBox[number] = sketch.boxes.count
            layer.append(layer[sketch.lines[number].from] + 1)
            leadsBack[number] = false
            sketch.lines[number].to = sketch.boxes.count
            sketch.boxes.append(sketch.lines[number].jump)
        }
        var rows = Rows(sketch, layer: layer, leadsBack: leadsBack)
        rows.rows = RowOrder.order(rows, from: sketch.start.map { [$0] } ?? [])
        let router = Router(sketch, rows, middles: Columns.middles(rows), leadsBack: leadsBack)
        size = router.size
        boxes = layers.layer.indices.map { router.frames[$0] }
        labels = rows.labels.map { router.frames[$0] }
        routes = router.routes()
        jumps = jumpBox.map { $0.map { router.frames[$0] } }
    }

    private static func tooLong(_ sketch: Sketch, _ layers: Layers) -> [Int] {
        let spans = sketch.lines.map { abs(layers.layer[$0.to] - layers.layer[$0.from]) }
        var limit = longestLine
        while limit > 2, spans.reduce(0, { $1 <= limit ? $0 + 2 * $1 : $0 }) > joints { limit -= 1 }
        return spans.indices.filter { spans[$0] > limit }
    }
}
