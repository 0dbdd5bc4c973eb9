import FlowCore
import FlowHost
import FlowWeb
import Plivo
import Synchronization

/// Why Plivo's part cannot be played as it is written.
package struct StageMistake: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Stage {
    /// Plivo asks what to do with the call or message.
    @discardableResult
    package func begin() async throws -> [UInt8] {
        let from = parameters["From"] ?? ""
        let to = parameters["To"] ?? ""
        return try await come(
            "\(call.kind == .call ? "call" : "message") from \(from) to \(to)",
            .flow(played.flow.name),
            parameters
        )
    }

    /// Something that Plivo does after that.
    @discardableResult
    package func happen(_ incident: Incident) async throws -> [UInt8] {
        if incident.kind == .fetch { return try await fetch(incident.word) }
        if incident.kind == .hangup {
            return try await come(incident.text, .flow(played.flow.name), parameters(of: incident, rung: ""))
        }
        let (dial, last) = cloud.withLock { ($0.dial, $0.lastAnswer) }
        guard let dial else {
            throw StageMistake("no dial is under way: the last answer was \(String(decoding: last, as: UTF8.self))")
        }
        let name = incident.kind == .dial ? "action" : "callbackUrl"
        guard let path = path(dial[name]) else { throw StageMistake("the <Dial> has no \(name) of flowd's") }
        if incident.kind == .dial { cloud.withLock { $0.dial = nil } }
        return try await come(incident.text, path, parameters(of: incident, rung: dial.children.first?.text ?? ""))
    }

    /// The last webhook comes once more.
    ///
    /// - Returns: the answer, and whether it was the same as the first time.
    @discardableResult
    package func again() async throws -> (answer: [UInt8], isSame: Bool) {
        guard let last = cloud.withLock({ $0.last }) else {
            throw StageMistake("nothing came before that could come again")
        }
        let before = lastAnswer
        let answer = try await send("\(last.label), again", last.arrival)
        return (answer, answer == before)
    }

    private func come(_ label: String, _ path: WebhookPath, _ parameters: Parameters) async throws -> [UInt8] {
        let arrival: Arrival
        do throws(Refusal) {
            arrival = try Arrival(at: path, parameters)
        } catch {
            throw StageMistake("flowd would refuse this webhook: \(error.reason)")
        }
        cloud.withLock { $0.last = (label, arrival) }
        return try await send(label, arrival)
    }

    private func send(_ label: String, _ arrival: Arrival) async throws -> [UInt8] {
        moments.append(Moment(at: clock.now, kind: .webhook(label)))
        switch await host.answer(arrival) {
        case .answer(let bytes), .refused(let bytes, _):
            hear(bytes, from: arrival)
            moments.append(Moment(at: clock.now, kind: .answer(bytes)))
            return bytes
        case .unknownFlow: throw StageMistake("flowd does not know the flow of this webhook")
        case .unavailable: throw StageMistake("the store could not be written")
        }
    }

    /// What Plivo does with an answer: the one to a callback or a hangup is not looked at.
    private func hear(_ bytes: [UInt8], from arrival: Arrival) {
        cloud.withLock { cloud in
            cloud.lastAnswer = bytes
            switch arrival.kind {
            case .call, .message, .dialEnded:
                let dial = XMLElement(bytes)?.children.first { $0.name == "Dial" }
                guard let dial, dial["action"] != nil else { return }
                if cloud.dial?["action"] != dial["action"] { cloud.dials += 1 }
                cloud.dial = dial
            case .hangup, .leg: break
            }
        }
    }

    private func parameters(of incident: Incident, rung: String) -> Parameters {
        let number = String(cloud.withLock { $0.dials })
        let bLeg = "b0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - min(12, number.utf8.count)) + number
        var pairs: [(String, String)] = parameters.pairs.map { ($0.name, $0.value) }
        pairs = pairs.filter { $0.0 != "Event" }.setting("CallStatus", "in-progress")
        for (name, value) in incident.cloudParameters(aLeg: call.text, bLeg: bLeg, target: rung) {
            pairs = pairs.setting(name, value)
        }
        for (name, value) in incident.parameters.pairs { pairs = pairs.setting(name, value) }
        return Parameters(pairs)
    }

    // MARK: Documents

    private func fetch(_ name: String) async throws -> [UInt8] {
        guard let dial = cloud.withLock({ $0.dial }), let path = path(dial[name]), addresses.admits(path) else {
            throw StageMistake("the last answer has no <Dial> with a \(name) of flowd's")
        }
        moments.append(Moment(at: clock.now, kind: .webhook("fetch: \(name)")))
        let reply: Reply? =
            switch path {
            case .confirmation(let step, _): try await host.document(for: step, music: false)
            case .music(let step, _): try await host.document(for: step, music: true)
            case .flow, .incoming, .result, .events: nil
            }
        guard let reply else { throw StageMistake("flowd has no document for \(name)") }
        let bytes = try answers.bytes(reply)
        cloud.withLock { $0.lastAnswer = bytes }
        moments.append(Moment(at: clock.now, kind: .answer(bytes)))
        return bytes
    }

    private func path(_ url: String?) -> WebhookPath? {
        guard let url, url.hasPrefix(addresses.publicURL.text) else { return nil }
        return WebhookPath(String(url.dropFirst(addresses.publicURL.text.count).prefix { $0 != "#" }))
    }
}
