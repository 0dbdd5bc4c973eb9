/// What a caller hears of an answer, in a few words.
enum Hearing {
    static func text(_ answer: [UInt8]) -> String {
        let children = XMLElement(answer)?.children ?? []
        guard !children.isEmpty else { return "nothing" }
        return children.map(text).joined(separator: ", then ")
    }

    private static func text(_ element: XMLElement) -> String {
        switch element.name {
        case "Dial":
            let targets = element.children.map(\.text).joined(separator: " and ")
            let seconds = element["timeout"].map { ", for \($0) s" } ?? ""
            return "ringing: \(targets)\(seconds)" + (element["confirmSound"] == nil ? "" : ", behind a key")
        case "Speak": return "\"\(element.text)\""
        case "Play": return "the sound \(element.text)"
        case "Record": return element["redirect"] == "false" ? "the call is recorded" : "what is said is recorded"
        case "Conference", "MultiPartyCall": return "the room \(element.text)"
        case "Hangup": return element["reason"] == "rejected" ? "the call is rejected" : "the call is ended"
        default: return element.name
        }
    }
}
