import FlowCore
import FlowDocument

/// A URL that cannot be called, or is not what it looks like.
enum BadURL: Rule {
    static let code = Code.badURL
    static let summary =
        "A URL is relative, has another scheme, or holds what no URL may, or its host only looks like another."
    static let why = """
        A request goes to an absolute http or https URL. A user name in it would be shown wherever the URL is, and \
        belongs into `auth`. A host with letters of another alphabet can look like one that it is not.
        """
    static let bad = [
        Example.reporting(
            """
            url: ↓app.example.com/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://↓user:pass@app.example.com/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.reporting(
            """
            url: https://↓xn--80ak6aa92e.com/calls
            body:
              outcome: <<Forward.status>>
            transitions: end
            """
        ),
        Example.dialling("dial_music: ↓waiting.mp3"),
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              dial_music: https://app.example.com/waiting.mp3
              transitions: Report
            Report:
              type: http_request
              url: https://app.example.com/calls
              auth:
                basic:
                  username: flowd
                  password: <<secrets.APP_PASSWORD>>
              body:
                outcome: <<Forward.status>>
              transitions: end
            """
        )
    ]

    static func check(_ subject: Subject) -> [Finding] {
        subject.requestURLs.compactMap { lookAlike($0, subject) }
            + subject.flow.nodes.flatMap { sounds(of: $0, subject) }
    }

    private static func lookAlike(_ url: RequestURL, _ subject: Subject) -> Finding? {
        guard let seeming = Homograph.seeming(url.host.name) else { return nil }
        return subject.finding(
            code,
            "\"\(url.host.name)\" is shown as \"\(seeming.shown)\" and looks like \"\(seeming.ascii)\", which it is not",
            at: subject.document.span(ofUTF8: url.host.nameRange, in: url.value),
            severity: .warning
        )
    }

    /// Sounds that Plivo, or flowd for it, could not fetch: they would be left out without a word.
    ///
    /// Those of prompts are FD414's.
    private static func sounds(of node: FlowNode, _ subject: Subject) -> [Finding] {
        node.settings.compactMap { setting in
            guard case .sound(let words) = setting.field.kind, !setting.field.roles.contains(.sound),
                let value = setting.source, let text = value.text,
                !text.isEmpty, !words.contains(text), !TemplateParser.hasMarks(String(text.prefix(8))),
                !["http://", "https://"].contains(where: text.lowercased().hasPrefix)
            else { return nil }
            let others = words.map { " or \"\($0)\"" }.joined()
            return subject.finding(
                code,
                "expected an absolute http or https URL\(others) in \"\(setting.key)\", found \"\(text)\"",
                at: value.span,
                fixes: [
                    nearMiss(text, among: words).map { word in
                        Fix("did you mean \"\(word)\"?", .safe, subject.document.edit(value, to: word))
                    }
                ]
            )
        }
    }
}
