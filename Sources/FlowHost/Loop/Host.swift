package import FlowCore
package import FlowStore
package import Logging

/// The loop that everyone calls: an event comes in, the store is asked to change its call, the answer goes out.
///
/// It decides nothing about calls: the ``Interpreter`` does. It finds the flow, keeps the same webhook from counting
/// twice, sends the requests that Plivo waits for, and hands deliveries over.
package final class Host: Sendable {
    /// Seconds for which Plivo is asked to come again with the result of a step.
    private static let patienceSeconds = 5
    /// Milliseconds between two looks whether another process has the app server's answer.
    private static let waitStep: Int64 = 20

    package let counters = HostCounters()
    private let store: any Store
    private let courier: any Courier
    private let render: @Sendable ([Verb]) -> [UInt8]?
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let shelf: FlowShelf
    private let outage: StoreOutage
    private let turns: CallTurns

    /// - Parameter crashGuard: the one that watches the store; nil where nothing remembers a crash.
    package init(
        flows: FlowSet,
        store: any Store,
        courier: any Courier,
        inbox: DeliveryInbox,
        worker: WorkerID,
        render: @escaping @Sendable ([Verb]) -> [UInt8]?,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        crashGuard: CrashGuard? = nil
    ) {
        self.store = store
        self.courier = courier
        self.render = render
        self.now = now
        self.logger = logger
        shelf = FlowShelf(flows, store: store)
        outage = StoreOutage(store: store, logger: logger)
        turns = CallTurns(
            store: store,
            shelf: shelf,
            inbox: inbox,
            worker: worker,
            render: render,
            now: now,
            log: RunLog(logger: logger, counters: counters, shelf: shelf),
            outage: outage,
            crashGuard: crashGuard
        )
    }

    // MARK: Flows

    package var flows: FlowSet { shelf.live }

    package func knows(flow: String) -> Bool { flows[name: flow] != nil }

    /// Makes another set live.
    ///
    /// Its versions have to be in the store: see ``install(_:versions:)``.
    package func replace(_ flows: FlowSet) { shelf.live = flows }

    /// Stores the versions of a set, then makes it live: no call begins on a text that could be lost.
    package func install(_ flows: FlowSet, versions: [FlowVersion]) async throws {
        for version in versions { try await store.save(version) }
        replace(flows)
    }

    /// A version that a call runs on: live, or from the store.
    ///
    /// - Returns: nil where the store has none that this flowd can read, now or later.
    package func flow(_ id: VersionID) async throws -> Flow? { try await shelf.flow(id) }

    // MARK: Webhooks

    /// Answers a webhook, once all that follows from it is as durable as it has to be.
    package func answer(_ arrival: Arrival) async -> HostAnswer {
        do {
            return try await settle(arrival)
        } catch is CancellationError {
            // flowd is told to stop: whoever comes next answers.
            return .unavailable
        } catch is ParkedCall {
            return unserved(arrival, "the call was set aside: the result of a step is only in this line")
        } catch let error as StoreError {
            guard case .damaged(let call) = error.kind else { return unstored(arrival, error) }
            outage.say(damaged: call, error)
            return unserved(arrival, "the call's record is damaged: the result of a step is only in this line")
        } catch {
            return unstored(arrival, error)
        }
    }

    private func settle(_ arrival: Arrival) async throws -> HostAnswer {
        while true {
            let decision = try await turns.turn(arrival.run, durability: .deferred) { decider, record in
                decider.decide(arrival, record)
            }
            switch decision.verdict {
            case .answer(let bytes):
                if decision.isDuplicate { counters.countDuplicate() }
                return decision.refusal.map { .refused(bytes, $0) } ?? .answer(bytes)
            case .ask(let awaited, let turn):
                return try await ask(awaited, turn: turn, arrival)
            case .wait(let until):
                // Whoever asks is done before that, unless it has died: then this process asks again, as soon as it may.
                let left = until.milliseconds - now().milliseconds
                try await Task.sleep(for: .milliseconds((1..<Self.waitStep).contains(left) ? left : Self.waitStep))
            case .needs, .unknownFlow:
                return .unknownFlow
            }
        }
    }

    /// Sends requests on the call path, one after the other, until Plivo can be answered.
    private func ask(_ first: PendingRequest, turn: Int, _ arrival: Arrival) async throws -> HostAnswer {
        var awaited = first
        while true {
            let id = DeliveryID(awaited.key)
            let reply = await courier.send(awaited.request, id: id, limit: .seconds(awaited.request.timeout))
            // flowd is told to stop, which is no answer: whoever Plivo comes to next asks again.
            if reply.result.statusCode == 0 { try Task.checkCancellation() }
            let key = awaited.key
            let decision = try await turns.turn(arrival.run, durability: .synced) { decider, record in
                decider.requestEnded(key, reply.result, turn: turn, record)
            }
            switch decision.verdict {
            case .answer(let bytes): return .answer(bytes)
            case .ask(let next, _): awaited = next
            case .wait: return try await settle(arrival)
            case .needs, .unknownFlow: return .unknownFlow
            }
        }
    }

    // MARK: Time

    /// Wakes the runs whose time is up: a hangup came without the dial's action, or nothing came at all.
    ///
    /// - Returns: how many calls were looked at.
    @discardableResult
    package func wakeDue(limit: Int = 256) async throws -> Int { try await turns.wakeDue(limit: limit) }

    // MARK: Without a store

    /// Answers for a call that cannot be served, though others can.
    private func unserved(_ arrival: Arrival, _ line: Logger.Message) -> HostAnswer {
        if case .callback(let callback, let step) = arrival.kind, callback.movesTurn {
            logger.critical(line, metadata: metadata(of: callback, step))
        }
        return .answer(arrival.isHeard ? apology(for: arrival) : render(.nothing) ?? [])
    }

    /// What can still be said when nothing can be written down.
    private func unstored(_ arrival: Arrival, _ error: any Error) -> HostAnswer {
        let at = now()
        let since = outage.began(at: at)
        counters.countStoreFailure()
        switch arrival.kind {
        case .call:
            let line: Logger.Message = "the store cannot be written: a call was answered with on_error"
            outage.say(line, arrival.run, error, at: at)
            return .answer(apology(for: arrival))
        case .callback(let callback, let step) where callback.movesTurn:
            guard at >= since + Self.patienceSeconds else {
                let line: Logger.Message = "the store cannot be written: a result was refused for now"
                outage.say(line, arrival.run, error, at: at)
                return .unavailable
            }
            // Said of each, however many there are: nothing else knows of it.
            logger.critical(
                "the store cannot be written: the result of a step is only in this line",
                metadata: metadata(of: callback, step).merging(["error": "\(LogText.clean("\(error)"))"]) { $1 }
            )
            return .answer(apology(for: arrival))
        case .message, .hangup, .callback:
            outage.say("the store cannot be written: a webhook was refused for now", arrival.run, error, at: at)
            return .unavailable
        }
    }

    /// All that Plivo said, so that nothing of it is lost: without control characters, each value cut; what a caller
    /// entered is left out where it is sensitive, and where the step's flow is not at hand to say so.
    private func metadata(of callback: Callback, _ step: StepAddress) -> Logger.Metadata {
        let node = flows[version: step.version].flatMap { flow in
            flow.nodes.indices.contains(step.node) ? flow.nodes[step.node] : nil
        }
        let hidden =
            node.map { $0.isSensitive ? $0.description.sensitiveParameters : [] } ?? NodeTypes.sensitiveParameters
        let parameters = callback.parameters.pairs.prefix(100).map { name, value in
            let shown = hidden.contains(name) ? Datum.mask : LogText.clean(value.cut(toBytes: 500))
            return "\(LogText.clean(name.cut(toBytes: 100)))=\(shown)"
        }
        return [
            "call": "\(LogText.clean(step.run.text))",
            "step": "\(step.flow)/\(step.version)/\(step.node)/\(step.turn)/\(callback.name)",
            "parameters": .array(parameters.map { "\($0)" }),
        ]
    }

    /// What a caller hears when flowd cannot go on.
    private func apology(for arrival: Arrival) -> [UInt8] {
        let flow: Flow? =
            switch arrival.target {
            case .flow(let name): flows[name: name]
            case .number(let number): flows[number: number]
            }
        return render(.apology(flow?.apology ?? Apology())) ?? []
    }
}

extension Host: DeliverySink {
    package func attempted(
        _ claimed: ClaimedDelivery,
        _ attempt: Delivery.Attempt,
        _ next: Delivery.Next,
        _ result: RequestResult
    ) async throws {
        try await turns.settle(claimed, attempt, next, result)
    }
}
