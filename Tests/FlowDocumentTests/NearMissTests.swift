import FlowDocument
import Testing

@Suite struct NearMissTests {
    @Test(
        arguments: [
            ("ring_timout", "ring_timeout"), ("LogMis", "LogMiss"), ("noanswer", "no_answer"), ("Strat", "Start"),
            ("TYPE", "type"), ("bsuy", "busy"), ("x", nil), ("elsewhere", nil),
        ] as [(String, String?)]
    )
    func `a name is guessed only where it is close`(name: String, expected: String?) {
        let names = ["ring_timeout", "LogMiss", "no_answer", "Start", "type", "busy", "completed", "to"]
        #expect(nearMiss(name, among: names) == expected)
    }
}
