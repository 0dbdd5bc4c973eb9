import FlowCore
import FlowDocument

/// A flow whose transitions are chance.
struct RandomFlow {
    /// By node; the first is the start.
    let nodes: [(name: String, text: String)]

    init(count: Int, seed: UInt64) {
        var chance = SplitMix(seed: seed)
        let names = ["Start"] + (1..<count).map { "N\($0)" }
        nodes = names.indices.map { index in
            func target() -> String {
                Int.random(in: 0...4, using: &chance) == 0 ? "end" : "N\(Int.random(in: 1..<count, using: &chance))"
            }
            var text = ""
            if index == 0 {
                text = "    type: start\n    transitions:\n      incoming_call: \(target())\n"
                if Bool.random(using: &chance) { text += "      incoming_message: \(target())\n" }
            } else if index.isMultiple(of: 2) {
                text = "    type: call_forward\n    to: +12025551234\n    transitions:\n"
                for outcome in ["completed", "no_answer", "busy", "failed"] {
                    text += "      \(outcome): \(target())\n"
                }
            } else {
                text = "    type: http_request\n    url: https://app.example.com/\n    transitions:\n"
                for outcome in ["success", "failed"] { text += "      \(outcome): \(target())\n" }
            }
            if index > 0 {
                let other = Int.random(in: 1..<count, using: &chance)
                let value = other.isMultiple(of: 2) ? "status" : "status_code"
                text += index.isMultiple(of: 2) ? "    caller_name: " : "    body: "
                text += "<<N\(other).\(value)>>\n"
            }
            return (names[index], text)
        }
    }

    /// The file, its nodes in an order.
    func text(_ order: [Int]? = nil) -> String {
        "version: 1\nname: random\nnodes:\n"
            + (order ?? Array(nodes.indices)).map { "  \(nodes[$0].name):\n\(nodes[$0].text)" }.joined()
    }

    func flow() throws -> Flow? {
        FlowBuilder.build(source: Array(text().utf8), file: "random.yaml", format: .yaml).flow
    }
}
