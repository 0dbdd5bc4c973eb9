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
        switch incident.key {
        case Incident.fetch: return try await fetch(incident.word)
        case Incident.hangup:
            let parameters = parameters(PlayVocabulary.hangupParameters(incident.word), of: incident)
            return try await come(incident.text, .flow(played.flow.name), parameters)
        default: break
        }
        let last = lastAnswer
        guard let (step, told) = cloud.withLock({ $0.step(incident.key) }) else {
            throw StageMistake(
                "nothing is under way that \"\(incident.key)\" could happen in: the last answer was \(String(decoding: last, as: UTF8.self))"
            )
        }
        let element = told.element
        let url: String? =
            switch step.address {
            case .attribute(let name): element[name]
            case .redirect: XMLElement(last)?.children.last { $0.name == "Redirect" }?.text
            }
        guard let path = path(url) else { throw StageMistake("<\(element.name)> has no address of flowd's for that") }
        if step.movesTurn { cloud.withLock { $0.element = nil } }
        let number = String(told.number)
        let bLeg = "b0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - min(12, number.utf8.count)) + number
        let target = element.children.first?.text ?? element.text
        let word = PlayedWord(incident.word, aLeg: call.text, bLeg: bLeg, target: target)
        // What Plivo may not keep nobody else may either.
        let label = element["log"] == "false" ? incident.hidden : incident.text
        return try await come(label, path, parameters(step.parameters(word), of: incident))
    }

    /// What happened as a recording keeps it: in place of a sensitive input an example that comes to the same outcome.
    ///
    /// - Parameter node: where the run waited; nil where it did not.
    func recorded(_ incident: Incident, at node: Int?) async throws -> Incident {
        guard let node, played.flow.nodes[node].isSensitive,
            let play = played.flow.nodes[node].plays.first(where: { $0.key == incident.key }), !play.isBare
        else { return incident }
        let heard = try await run()?.path.last { $0.node == node }?.heard.last
        let example = play.words.first { $0.outcome == heard?.word }
        return Incident(incident.key, example?.name ?? Datum.mask)
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

    /// - Parameter isLast: whether ``again()`` repeats it.
    private func come(
        _ label: String,
        _ path: WebhookPath,
        _ parameters: Parameters,
        isLast: Bool = true
    ) async throws -> [UInt8] {
        let arrival: Arrival
        do throws(Refusal) {
            arrival = try Arrival(at: path, parameters)
        } catch {
            throw StageMistake("flowd would refuse this webhook: \(error.reason)")
        }
        if isLast { cloud.withLock { $0.last = (label, arrival) } }
        return try await send(label, arrival)
    }

    private func send(_ label: String, _ arrival: Arrival) async throws -> [UInt8] {
        moments.append(Moment(at: clock.now, kind: .webhook(label)))
        switch await host.answer(arrival) {
        case .answer(let bytes), .refused(let bytes, _):
            hear(bytes, from: arrival)
            moments.append(Moment(at: clock.now, kind: .answer(bytes)))
            return bytes
        case .unknownFlow: throw StageMistake("flowd has nothing at this address")
        case .unavailable: throw StageMistake("the store could not be written")
        }
    }

    /// What Plivo does with an answer: the one to a callback or a hangup is not looked at.
    private func hear(_ bytes: [UInt8], from arrival: Arrival) {
        cloud.withLock { cloud in
            cloud.lastAnswer = bytes
            switch arrival.kind {
            case .call, .message: break
            case .callback(let callback, _) where callback.movesTurn: break
            case .hangup, .callback: return
            }
            let document = XMLElement(bytes)
            let element = document?.awaited
            if let element {
                if cloud.element != element { cloud.elements += 1 }
                cloud.element = element
            }
            for child in document?.children ?? [] {
                cloud.told[child.name] = Stage.Told(element: child, number: cloud.elements)
            }
        }
    }

    private func parameters(_ said: [(String, String)], of incident: Incident) -> Parameters {
        if incident.isWhole { return incident.parameters }
        var pairs: [(String, String)] = parameters.pairs.map { ($0.name, $0.value) }
        pairs = pairs.filter { $0.0 != "Event" }.setting("CallStatus", "in-progress")
        for (name, value) in said { pairs = pairs.setting(name, value) }
        for (name, value) in incident.parameters.pairs { pairs = pairs.setting(name, value) }
        return Parameters(pairs)
    }

    // MARK: Documents

    private func fetch(_ name: String) async throws -> [UInt8] {
        guard let element = cloud.withLock({ $0.element }), let path = path(element[name]), addresses.admits(path)
        else {
            throw StageMistake("the last answer has no \(name) of flowd's")
        }
        let before = cloud.withLock { $0.element }
        let bytes = try await come("fetch: \(name)", path, parameters, isLast: false)
        cloud.withLock { $0.element = before }
        return bytes
    }

    private func path(_ url: String?) -> WebhookPath? {
        guard let url, url.hasPrefix(addresses.publicURL.text) else { return nil }
        return WebhookPath(String(url.dropFirst(addresses.publicURL.text.count).prefix { $0 != "#" }))
    }
}

extension Stage.Cloud {
    /// What a key means now: a step of the element that is awaited, or one that Plivo reports of an element later, too.
    fileprivate func step(_ key: String) -> (step: PlayStep, told: Stage.Told)? {
        if let element, let step = PlayVocabulary.step(key, of: element.name) {
            return (step, Stage.Told(element: element, number: elements))
        }
        for step in PlayVocabulary.steps where step.key == key && !step.movesTurn {
            if case .attribute(let name) = step.address, let told = told[step.element], told.element[name] != nil {
                return (step, told)
            }
        }
        return nil
    }
}
