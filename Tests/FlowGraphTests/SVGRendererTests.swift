import FlowCore
import FlowDocument
import FlowGraph
import Testing

@Suite("A picture as SVG")
struct SVGRendererTests {
    @Test("is well-formed, whatever authors write")
    func isWellFormed() throws {
        let svg = try picture(hostile, format: .json).text(in: .svg)
        #expect(StrictXML.problem(in: svg) == nil)
        #expect(!svg.contains("<script"))
        #expect(svg.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ]]&gt; &#39;quotes&#39;"))
        #expect(svg.unicodeScalars.allSatisfy { $0 != "\u{202E}" && $0.value != 7 })
    }

    @Test("says type, name, headline, outcomes and when a request is sent")
    func says() throws {
        let svg = try picture(dialStatus).text(in: .svg)
        #expect(StrictXML.problem(in: svg) == nil)
        for text in [
            ">call_forward<", ">http_request · on the call path<", ">http_request · delivered<", ">Lookup<",
            ">GET http://127.0.0.1:5000/agents<", ">+14155550100<", ">completed<", ">incoming_call<", ">end<",
            ">Forward the call, then report how it ended.<",
        ] {
            #expect(svg.contains(text), "\(text)")
        }
        #expect(svg.contains("prefers-color-scheme:dark"))
    }

    @Test("cuts long names, and keeps them whole for a pointer that rests on them")
    func longNames() throws {
        let name = String(repeating: "long name ", count: 30) + "end of it"
        let marks = [Mark("FD901", .warning, "odd"), Mark("FD902", .info, "so")]
        let box = Box(.step, type: "step", name: name, marks: marks)
        let svg = Picture(title: "t", summary: "", boxes: [box], arrows: [], start: nil).text(in: .svg)
        #expect(svg.contains("…</text>"))
        #expect(svg.contains("<title>step\n\(name)\nwarning[FD901]: odd\ninfo[FD902]: so</title>"))
        #expect(svg.contains(">FD901 +1</text>"))
        #expect(svg.contains("class=\"badge warning\""))
    }

    @Test("gives Chinese, Japanese and Korean the room they take")
    func wideCharacters() {
        func width(_ name: String) -> Double {
            let box = Box(.step, type: "step", name: name)
            let svg = Picture(title: "t", summary: "", boxes: [box], arrows: [], start: nil).text(in: .svg)
            let card = svg.split(separator: "\n").first { $0.contains("class=\"card\" x=\"0\"") } ?? ""
            let width = card.split(separator: " ").first { $0.hasPrefix("width=") } ?? ""
            return Double(width.dropFirst(7).dropLast()) ?? 0
        }
        let (latin, wide) = (width("abcdefghijkl"), width("担当者に転送する担当者に"))
        #expect(wide > latin)
        #expect(wide >= 12 * 15)
    }

    @Test(
        arguments: [
            // DejaVu Sans, in units of 2,048 an em: a digit 1,303, "+" 1,716, a comma and a blank 651 each.
            ("+12025554111, +12025554222", false, Double(22 * 1_303 + 2 * 1_716 + 2 * 651) / 2_048 * 12.5),
            // DejaVu Sans Bold: "W" 2,259 and "m" 2,134.
            ("WmWmWmWm", true, Double(4 * 2_259 + 4 * 2_134) / 2_048 * 15),
        ]
    )
    func `leaves room for Debian's widest usual font`(_ text: String, _ isName: Bool, _ width: Double) {
        let box = Box(.step, type: "step", name: isName ? text : "N", headline: isName ? "" : text)
        let svg = Picture(title: "t", summary: "", boxes: [box], arrows: [], start: nil).text(in: .svg)
        let card = svg.split(separator: "\n").first { $0.contains("class=\"card\" x=\"0\"") } ?? ""
        let room = card.split(separator: " ").first { $0.hasPrefix("width=") } ?? ""
        // Beside the text are the icon and the padding.
        #expect((Double(room.dropFirst(7).dropLast()) ?? 0) >= width + 40 + 2 * 13)
        #expect(svg.contains(">\(text)</text>"))
    }

    @Test("is the same for the same flow")
    func isDeterministic() throws {
        #expect(try picture(dialStatus).text(in: .svg) == picture(dialStatus).text(in: .svg))
    }

    @Test("of the largest flow ends")
    func largestFlow() throws {
        var chance = Chance(3)
        var text = "nodes:\n  Start: {type: start, transitions: {incoming_call: N1}}\n"
        for index in 1..<2_000 {
            let targets = (0..<4).map { place in
                let next = place == 0 ? index + 1 : Int.random(in: 1...2_100, using: &chance)
                return next < 2_000 ? "N\(next)" : "end"
            }
            text += "  N\(index): {type: call_forward, to: +12025551234, transitions: {completed: \(targets[0]), "
            text += "no_answer: \(targets[1]), busy: \(targets[2]), failed: \(targets[3])}}\n"
        }
        let svg = try picture(text).text(in: .svg)
        #expect(svg.hasSuffix("</svg>\n"))
    }

    @Test("of a flow without nodes is its name and what is wrong")
    func empty() throws {
        let svg = try picture("name: nothing\nnodes: {}").text(in: .svg)
        #expect(StrictXML.problem(in: svg) == nil)
        #expect(svg.contains(">nothing<"))
        #expect(svg.contains(">FD201<"))
    }
}

/// A flow whose author means ill.
let hostile = #"""
    {"name": "esc", "description": "<script>alert(\"1\")</script> & ]]> 'quotes' \u202e\u0007 `ticks` %%{init: {}}%%",
    "nodes": {
      "Start": {"type": "start", "transitions": {"incoming_call": "- list name", "incoming_message": "subgraph"}},
      "- list name": {"type": "call_forward", "to": "<<Start.params.x>>, sip:\"x\"]@a;b",
        "transitions": {"completed": "end", "no_answer": "1. <b>&\"no\"</b> `x` \\N", "busy": "subgraph"}},
      "subgraph": {"type": "http_request", "url": "https://example.com/a]]>&amp;\"];A-->B[%%&#35;", "transitions": "end"}
    }}
    """#
