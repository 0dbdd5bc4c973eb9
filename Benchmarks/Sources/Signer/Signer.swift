import FlowCore
import Plivo

/// Writes signed answer webhooks with 20 parameters: a line of nonce, signature and body each.
@main
struct Signer {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let count = Int(arguments[2]) else {
            print("usage: Signer URL TOKEN COUNT")
            return
        }
        let verifier = SignatureVerifier(tokens: [arguments[1]])
        let run = UInt32.random(in: 0...UInt32.max)
        var lines = ""
        for index in 0..<count {
            let call = "\(hex(run, 8))-0000-4000-8000-\(hex(UInt32(index), 12))"
            let parameters = Parameters(Self.pairs(call))
            let nonce = "\(index)\(run)"
            let signature = verifier.sign(url: arguments[0], query: Parameters(), form: parameters, nonce: nonce)[0]
            let body = parameters.pairs.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
            lines += "\(nonce) \(signature) \(body)\n"
            if index % 1_000 == 999 || index == count - 1 {
                print(lines, terminator: "")
                lines = ""
            }
        }
    }

    static func pairs(_ call: String) -> [(String, String)] {
        [
            ("CallUUID", call), ("From", "14155551234"), ("To", "14155550100"), ("CallStatus", "ringing"),
            ("Direction", "inbound"), ("Event", "StartApp"), ("BillRate", "0.0085"),
            ("ParentAuthID", "MAXXXXXXXXXXXXXXXXXX"),
            ("SessionStart", "2026-04-08 11:34:33.238707"), ("RouteType", "Landline_Inbound"),
            ("STIRVerification", "Not applicable"), ("RequestUUID", call), ("CallerName", "+14155551234"),
            ("ALegUUID", call), ("ALegRequestUUID", call),
            ("SIP-H-To", "<sip:14155550100@phone.plivo.com;transport=udp>;tag=1"),
            ("ForwardedFrom", ""), ("X-PH-Account", "gold"), ("X-PH-Region", "west"), ("AnswerTime", ""),
        ]
    }

    static func hex(_ number: UInt32, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }

    static func encoded(_ text: String) -> String { Escaping.form.escaped(text) }
}
