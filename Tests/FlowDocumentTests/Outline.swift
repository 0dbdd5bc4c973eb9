@testable import FlowDocument

extension Value {
    /// The tree on one line: `{name: "Dial", to: ["+1", "+2"]}`; an absent scalar is `-`.
    var outline: String {
        switch content {
        case .scalar(let scalar): scalar.style == .absent ? "-" : scalar.text.debugDescription
        case .list(let values): "[" + values.map(\.outline).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key.text): \($0.value.outline)" }.joined(separator: ", ") + "}"
        }
    }

    /// All spans in the tree, those of keys too.
    var spans: [Span] {
        switch content {
        case .scalar: [span]
        case .list(let values): [span] + values.flatMap(\.spans)
        case .mapping(let entries): [span] + entries.flatMap { [$0.key.span] + $0.value.spans }
        }
    }

    /// All scalars in the tree.
    var scalars: [Value] {
        switch content {
        case .scalar: [self]
        case .list(let values): values.flatMap(\.scalars)
        case .mapping(let entries): entries.flatMap(\.value.scalars)
        }
    }

    /// The value at a path such as `nodes.Forward.to`.
    func at(_ path: String) -> Value? {
        path.split(separator: ".").reduce(self as Value?) { value, name in
            Int(name).flatMap { value?.list?[$0] } ?? value?[String(name)]
        }
    }
}

extension Span {
    /// Where it is: `3:5-3:9`.
    var outline: String { description }
}

extension Finding {
    /// Where and what: `3:5-3:9 FD109 expected a value`.
    var outline: String { "\(span.outline) \(code.id) \(message)" }
}

/// Reads a text as `flow.yaml` or `flow.json`.
func read(_ text: String, _ format: Document.Format = .yaml, limits: Limits = Limits()) -> ReadResult {
    Document.read(Array(text.utf8), file: "flow.\(format.rawValue)", format: format, limits: limits)
}

extension ReadResult {
    var outline: String? { document?.root.outline }
    var outlines: [String] { findings.map(\.outline) }
}

let contractExample = """
    # flows/dial-status.yaml
    version: 1                        # of this format; optional, 1
    name: dial-status                 # optional: the file's stem; [a-z0-9-]
    description: Forward the call, then report how it ended.
    numbers: [+14155550100]           # Plivo numbers that this flow answers; optional

    nodes:
      Start:
        type: start
        transitions:
          incoming_call: Forward

      Forward:
        type: call_forward
        from: <<Start.call.from>>
        to: +12025551234, +12025555678
        transitions:
          completed: Report
          no_answer: Report
          busy: Report
          failed: Report

      Report:
        type: http_request
        method: POST
        url: https://example.com/dialstatus/action/
        body:
          caller: <<Start.call.from>>
          DialStatus: <<Forward.DialStatus>>
          DialRingStatus: <<Forward.DialRingStatus>>
          DialHangupCause: <<Forward.DialHangupCause>>
          DialALegUUID: <<Forward.DialALegUUID>>
          DialBLegUUID: <<Forward.DialBLegUUID>>

    """
