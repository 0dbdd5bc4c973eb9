import FlowCore
import FlowDocument
import FlowGraph
import Testing

/// A flow as a picture, with what its reader finds.
func picture(_ text: String, format: Document.Format = .yaml, findings: [Finding] = []) throws -> Picture {
    let build = FlowBuilder.build(source: Array(text.utf8), file: "test-flow.yaml", format: format)
    return Picture(try #require(build.flow), findings: build.findings + findings)
}

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Boxes of many sizes with lines to anywhere: loops, cycles, islands.
func randomSketch(_ seed: Int, boxes count: Int) -> Sketch {
    var chance = Chance(seed)
    let boxes = (0..<count).map { _ in
        Size(Double(Int.random(in: 20...160, using: &chance) * 2), Double(Int.random(in: 20...110, using: &chance)))
    }
    var lines: [Sketch.Line] = []
    for from in 0..<count {
        var targets: Set<Int> = []
        for _ in 0..<Int.random(in: 0...4, using: &chance) {
            let near = from + Int.random(in: -3...5, using: &chance)
            let target = Bool.random(using: &chance) ? Int.random(in: 0..<count, using: &chance) : near
            guard (0..<count).contains(target), targets.insert(target).inserted else { continue }
            lines.append(
                Sketch.Line(
                    from: from,
                    to: target,
                    label: Size(
                        Double(Int.random(in: 20...60, using: &chance) * 2),
                        Double(Int.random(in: 1...4, using: &chance) * 17 + 8)
                    ),
                    jump: Size(120, 26),
                    bundle: Int.random(in: 0...2, using: &chance)
                )
            )
        }
    }
    return Sketch(boxes: boxes, lines: lines, start: count > 0 ? 0 : nil)
}

let dialStatus = """
    name: dial-status
    description: Forward the call, then report how it ended.
    numbers: [+14155550100]
    nodes:
      Start:
        type: start
        transitions: {incoming_call: Lookup}
      Lookup:
        type: http_request
        method: GET
        url: http://127.0.0.1:5000/agents
        transitions: {success: Forward, failed: Forward}
      Forward:
        type: call_forward
        to: +12025551234, 12025555678
        caller_name: <<Lookup.response.name>>
        transitions: {completed: Report, no_answer: Forward, busy: Report, failed: end}
      Report:
        type: http_request
        url: http://127.0.0.1:5000/report
    """
