import FlowDocument
import FlowGraph
import Testing

@Suite("A picture as Mermaid and DOT")
struct TextRendererTests {
    @Test("is the Mermaid flowchart that it was")
    func mermaid() throws {
        #expect(
            try picture(dialStatus).text(in: .mermaid) == """
                flowchart TD
                    n0(["<b>Start</b><br>start<br>+14155550100"]):::start
                    n1["<b>Lookup</b><br>http_request · on the call path<br>GET http://127.0.0.1:5000/agents"]:::request
                    n2["<b>Forward</b><br>call_forward<br>+12025551234, 12025555678<br>rings 30 s"]:::dial
                    n3["<b>Report</b><br>http_request · delivered<br>POST http://127.0.0.1:5000/report"]:::delivery
                    n4(["end"]):::end_
                    n5(["end"]):::end_
                    n0 -- "incoming_call" --> n1
                    n1 -- "success<br>failed" --> n2
                    n2 -- "completed<br>busy" --> n3
                    n2 -- "no_answer" --> n2
                    n2 -- "failed" --> n4
                    n3 -. "success<br>failed" .-> n5
                    classDef start fill:#dafbe1,stroke:#1a7f37,color:#1f2328
                    classDef dial fill:#ddf4ff,stroke:#0969da,color:#1f2328
                    classDef request fill:#fbefff,stroke:#8250df,color:#1f2328
                    classDef delivery fill:#fbefff,stroke:#8250df,color:#1f2328,stroke-dasharray:5 4
                    classDef end_ fill:#eff2f5,stroke:#818b98,color:#59636e
                    linkStyle 4 stroke:#e5484d
                    linkStyle 0,1,2,3,5 stroke:#818b98

                """
        )
    }

    @Test("is the digraph that it was")
    func dot() throws {
        #expect(
            try picture(dialStatus).text(in: .dot) == #"""
                digraph "dial-status" {
                    rankdir=TB; nodesep=0.5; ranksep=0.5; bgcolor="#ffffff"
                    node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, penwidth=1.5, margin="0.2,0.12"]
                    edge [fontname="Helvetica", fontsize=10, penwidth=1.2, arrowsize=0.7]
                    n0 [label="Start\nstart\n+14155550100", fillcolor="#dafbe1", color="#1a7f37", fontcolor="#1f2328"]
                    n1 [label="Lookup\nhttp_request · on the call path\nGET http://127.0.0.1:5000/agents", fillcolor="#fbefff", color="#8250df", fontcolor="#1f2328"]
                    n2 [label="Forward\ncall_forward\n+12025551234, 12025555678\nrings 30 s", fillcolor="#ddf4ff", color="#0969da", fontcolor="#1f2328"]
                    n3 [label="Report\nhttp_request · delivered\nPOST http://127.0.0.1:5000/report", fillcolor="#fbefff", color="#8250df", fontcolor="#1f2328", style="rounded,filled,dashed"]
                    n4 [label="end", shape=oval, width=0.4, height=0.25, margin="0.05,0.02", fontsize=9, fillcolor="#eff2f5", color="#818b98", fontcolor="#59636e"]
                    n5 [label="end", shape=oval, width=0.4, height=0.25, margin="0.05,0.02", fontsize=9, fillcolor="#eff2f5", color="#818b98", fontcolor="#59636e"]
                    n0 -> n1 [label="  incoming_call  ", color="#59636e", fontcolor="#59636e"]
                    n1 -> n2 [label="  success  \n  failed  ", color="#59636e", fontcolor="#59636e"]
                    n2 -> n3 [label="  completed  \n  busy  ", color="#59636e", fontcolor="#59636e"]
                    n2 -> n2 [label="  no_answer  ", color="#59636e", fontcolor="#59636e"]
                    n2 -> n4 [label="  failed  ", color="#cf222e", fontcolor="#cf222e"]
                    n3 -> n5 [label="  success  \n  failed  ", color="#59636e", fontcolor="#59636e", style=dotted]
                }

                """#
        )
    }

    @Test("leaves Mermaid nothing to misread")
    func hostileMermaid() throws {
        let text = try picture(hostile, format: .json).text(in: .mermaid)
        #expect(text.contains(##"n1["<b>- list name</b><br>call_forward<br>#60;#60;Start.params.x#62;#62;, "##))
        #expect(text.contains("<b>1. #60;b#62;#38;#34;no#34;#60;/b#62; #96;x#96; #92;N</b>"))
        #expect(!text.contains("%%"))
    }

    @Test("leaves Graphviz nothing to misread")
    func hostileDOT() throws {
        let text = try picture(hostile, format: .json).text(in: .dot)
        #expect(text.contains(#"label="1. <b>&amp;\"no\"</b> `x` \\N\nno such node""#))
        #expect(text.contains(#"sip:\"x\"]@a;b"#))
    }
}
