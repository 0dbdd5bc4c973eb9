import FlowCore
import FlowDocument

/// Takes a text as a template, in every place that takes one and in every style that a file can hold it in.
package func checkTemplate(_ source: [UInt8]) {
    let text = String(decoding: source, as: UTF8.self)
    let quoted = quotedAsJSON(text)
    let build = built(from: anywhere(quoted), .json)
    for build in [build, built(from: picky(quoted), .json)] where build?.hasErrors == false {
        if let flow = build?.flow { checkCalls(flow) }
    }
    guard let build else { return expect(false, "\(quoted) is JSON") }
    // Where libyaml refuses a character there is nothing to compare.
    for yaml in [quoted, quotedOnce(text), block(text)] {
        guard let yaml, let other = built(from: request(yaml), .yaml) else { continue }
        expect(body(of: other) == body(of: build), "a template means the same in YAML")
        expect(said(of: other).isSubset(of: said(of: build)), "\(said(of: other)) is said in JSON too")
    }
    guard !build.hasErrors, let use = bodyUse(build) else { return }
    let printed = printed(use.template)
    let again = built(from: anywhere(quotedAsJSON(printed)), .json)
    expect(again?.hasErrors == false, "\(printed) is a template: \(again?.findings.map(\.message) ?? [])")
    expect(again.map(body) == body(of: build), "\(printed) means the same")
}

/// - Returns: What is built from a text, or nil if the reader finds something wrong with it.
private func built(from text: String, _ format: Document.Format) -> FlowBuild? {
    let source = Array(text.utf8)
    let result = Document.read(source, file: "t.\(format.rawValue)", format: format)
    guard let document = result.document, result.findings.isEmpty else { return nil }
    return checkBuilding(document, Places(source))
}

// MARK: Flows with a text in them

/// A flow with the text where any template may stand.
private func anywhere(_ text: String) -> String {
    """
    {"nodes": {"Start": {"type": "start", "transitions": {"incoming_call": "Call", "incoming_message": "Ask"}},
    "Call": {"type": "call_forward", "to": "+12025551234", "from": \(text), "sip_headers": {"a": \(text)},
    "screening": {"speak": \(text)}, "transitions": "Ask"},
    "Ask": {"type": "http_request", "url": "http://a.example/", "params": {"p": \(text)}, "headers": {"X-A": \(text)},
    "body": \(text), "auth": {"bearer": \(text)}, "transitions": "Call 2"},
    "Call 2": {"type": "http_request", "url": "http://a.example/", "format": "json",
    "body": {"a": \(text), "b": [\(text), {"c": \(text)}]}, "auth": {"basic": {"username": \(text), "password": "p"}}}}}
    """
}

/// A flow with the text where not every template may stand.
private func picky(_ text: String) -> String {
    """
    {"nodes": {"Start": {"type": "start", "transitions": {"incoming_call": "Call"}},
    "Call": {"type": "call_forward", "to": \(text), "dial_music": \(text), "send_digits": \(text),
    "caller_name": \(text), "transitions": {"completed": "Ask"}},
    "Ask": {"type": "http_request", "url": \("\"http://a.example/" + text.dropFirst())}}}
    """
}

/// A flow with the text, quoted for YAML, as a body.
private func request(_ text: String) -> String {
    """
    nodes:
      Start: {type: start, transitions: {incoming_call: Call, incoming_message: Ask}}
      Call: {type: call_forward, to: +12025551234, transitions: Ask}
      Ask:
        type: http_request
        url: http://a.example/
        transitions: Call 2
        body: \(text)
      Call 2: {type: http_request, url: http://a.example/}
    """
}

/// A block of YAML, where that can hold the text.
private func block(_ text: String) -> String? {
    guard isPrintable(text, orLineBreak: true), text.utf8.last.map({ $0 != 0x0A }) == true else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "|2-\n" + lines.map { "      \($0)" }.joined(separator: "\n")
}

private func quotedAsJSON(_ text: String) -> String {
    var quoted = ""
    JSONText.append(text, to: &quoted)
    return quoted
}

/// YAML's single quotes, which have no escapes.
private func quotedOnce(_ text: String) -> String? {
    isPrintable(text, orLineBreak: false) ? "'\(text.replacing("'", with: "''"))'" : nil
}

private func isPrintable(_ text: String, orLineBreak: Bool) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
        switch scalar.value {
        case 0x0A: orLineBreak
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x2029, 0xFEFF, 0xFFFE...0xFFFF: false
        default: true
        }
    }
}

// MARK: What was understood

private func bodyUse(_ build: FlowBuild) -> TemplateUse? {
    build.flow?.nodes.first { $0.name == "Ask" }?.templates.first { $0.key == "body" }
}

/// What the parser made of the body, ranges included.
private func body(of build: FlowBuild) -> [String] {
    (bodyUse(build)?.template.parts ?? []).map { part in
        switch part {
        case .literal(let text): "literal \(Array(text.utf8))"
        case .reference(let reference):
            "\(reference.source) \(reference.path) \(reference.text) "
                + "\(reference.filters.map { "\($0.kind) \($0.arguments)" })"
        }
    }
}

/// What is said of templates.
private func said(of build: FlowBuild) -> Set<String> {
    Set(build.findings.filter { $0.code == .malformedTemplate || $0.code == .unknownValue }.map(\.message))
}

/// The template as an author could have written it.
private func printed(_ template: Template) -> String {
    var text = ""
    for part in template.parts {
        switch part {
        case .literal(let literal): text += escaped(literal)
        case .reference(let reference):
            // Behind a literal "<", "<<" would begin one character earlier.
            let isBehindAngle = text.utf8.last == UInt8(ascii: "<")
            text += isBehindAngle ? "{{" : "<<"
            text += reference.text
            for filter in reference.filters {
                text += " | \(filter.kind.rawValue)"
                let arguments = filter.arguments.map { $0.utf8.contains(UInt8(ascii: "\"")) ? "'\($0)'" : "\"\($0)\"" }
                if !arguments.isEmpty { text += ": " + arguments.joined(separator: ", ") }
            }
            text += isBehindAngle ? "}}" : ">>"
        }
    }
    return text
}

private func escaped(_ literal: String) -> String {
    let bytes = Array(literal.utf8)
    var escaped: [UInt8] = []
    var index = 0
    while index < bytes.count {
        let isMark = bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: "{")
        if isMark, index + 1 < bytes.count, bytes[index + 1] == bytes[index] {
            escaped += [UInt8(ascii: "\\"), bytes[index], bytes[index]]
            index += 2
        } else {
            escaped.append(bytes[index])
            index += 1
        }
    }
    return String(decoding: escaped, as: UTF8.self)
}
