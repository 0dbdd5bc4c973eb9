/// Where lines leave boxes and labels, and where they come in.
struct Ports {
    /// By line: where it leaves its box.
    private(set) var out: [Double]
    private(set) var intoLabel: [Double]
    private(set) var outOfLabel: [Double]
    /// By line: where it comes to its target; lines that share their way share it.
    private(set) var into: [Double]

    /// From a box's corner, and from a label's.
    private static let boxInset = 22.0
    private static let labelInset = 18.0
    private static let gap = 18.0

    private struct Entrance: Hashable {
        let bundle: Int
        let leadsBack: Bool
    }

    init(_ sketch: Sketch, _ rows: Rows, middles: [Double], leadsBack: [Bool]) {
        let none = Array(repeating: 0.0, count: sketch.lines.count)
        (out, intoLabel, outOfLabel, into) = (none, none, none, none)
        func stretch(_ item: Int, _ inset: Double) -> (low: Double, high: Double) {
            let half = max(0, rows.items[item].size.width / 2 - inset)
            return (middles[item] - half, middles[item] + half)
        }
        var leaving = Array(repeating: [Int](), count: sketch.boxes.count)
        var coming = leaving
        for (number, line) in sketch.lines.enumerated() {
            leaving[line.from].append(number)
            coming[line.to].append(number)
        }
        for box in sketch.boxes.indices {
            let (low, high) = stretch(box, Self.boxInset)
            let lines = leaving[box].sorted { (middles[rows.labels[$0]], $0) < (middles[rows.labels[$1]], $1) }
            let points = Spread.points(lines.map { middles[rows.labels[$0]] }, gap: Self.gap, from: low, to: high)
            for (line, point) in zip(lines, points) { out[line] = point }

            var entrances: [Entrance: [Int]] = [:]
            for line in coming[box] {
                let entrance = Entrance(bundle: sketch.lines[line].bundle, leadsBack: leadsBack[line])
                entrances[entrance, default: []].append(line)
            }
            let sorted = entrances.values
                .map { lines -> (wish: Double, lines: [Int]) in
                    let wishes = lines.map { middles[rows.joints[$0].last ?? rows.labels[$0]] }
                    return (wishes.reduce(0, +) / Double(wishes.count), lines)
                }
                .sorted { ($0.wish, $0.lines[0]) < ($1.wish, $1.lines[0]) }
            let ends = Spread.points(sorted.map(\.wish), gap: Self.gap, from: low, to: high)
            for (entrance, end) in zip(sorted, ends) { for line in entrance.lines { into[line] = end } }
        }
        for line in sketch.lines.indices {
            let label = rows.labels[line]
            let (low, high) = stretch(label, Self.labelInset)
            let (widerLow, widerHigh) = stretch(label, Self.labelInset / 2)
            // Straight where that is possible, and not at the corner.
            func within(_ x: Double) -> Double {
                (widerLow...widerHigh).contains(x) ? x : min(max(x, low), high)
            }
            let next = rows.joints[line].first.map { middles[$0] } ?? into[line]
            intoLabel[line] = within(out[line])
            outOfLabel[line] = within(next)
            guard leadsBack[line], abs(intoLabel[line] - outOfLabel[line]) < Self.gap else { continue }
            // Both may be at the top of the label: apart, as far as it is wide.
            let aside = next >= out[line] ? -Self.gap : Self.gap
            intoLabel[line] = min(max(outOfLabel[line] + aside, widerLow), widerHigh)
        }
    }
}
