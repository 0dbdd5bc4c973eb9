package import FlowDocument

/// A flow file in a rule's documentation.
package struct Example: Sendable {
    package let text: String
    package let format: Document.Format

    package init(_ text: String, format: Document.Format = .yaml) {
        self.text = text
        self.format = format
    }

    /// A flow that answers a call with the first of some nodes.
    ///
    /// - Parameter nodes: the nodes as they stand in a file, without indentation.
    static func nodes(_ nodes: String) -> Example {
        let first = nodes.prefix { $0 != ":" }
        return Example(
            """
            version: 1
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: \(first)

            """ + indented(nodes, by: 2)
        )
    }

    /// A flow that answers a call with a dial and ends behind it.
    ///
    /// - Parameter keys: those of the dialling node; a target is added where they name none.
    static func dialling(_ keys: String) -> Example {
        let hasTarget = keys.split(separator: "\n").contains { $0.drop { $0 == mark }.hasPrefix("to:") }
        return nodes(
            "Forward:\n  type: call_forward\n" + (hasTarget ? "" : "  to: +12025551234\n") + indented(keys, by: 2)
                + "\n  transitions: end"
        )
    }

    /// A flow that answers a call with a dial and sends a request behind it.
    ///
    /// - Parameter keys: those of the requesting node.
    static func reporting(_ keys: String) -> Example {
        nodes(
            "Forward:\n  type: call_forward\n  to: +12025551234\n  transitions: Report\nReport:\n  type: http_request\n"
                + indented(keys, by: 2)
        )
    }

    private static func indented(_ text: String, by count: Int) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
    }
}
