import FlowCore
import FlowHost
import FlowStore
import FlowTesting
import Testing

/// Something that happens to a call or a message.
enum Move: Sendable {
    case call(_ flow: String)
    case callOn(number: String)
    case message(_ flow: String)
    case messageOn(number: String)
    case hangup(_ callStatus: String, flow: String)
    /// Plivo comes to a URL of a document; the step's node is the second of the flow unless the move says otherwise.
    case callback(_ name: String, turn: Int, flow: String, with: String = "", node: Int = 1, token: Bool = false)
    /// The request that was asked for last on the call path is answered.
    case answered(_ statusCode: Int)
    /// A delivery has ended.
    case delivered(_ delivery: Int, _ statusCode: Int)
    case timeIsUp

    /// A dial's action.
    static func dialled(_ status: String, turn: Int, flow: String, node: Int = 1) -> Move {
        .callback(Callback.action, turn: turn, flow: flow, with: status, node: node)
    }
}

/// A move and when it happens, in seconds.
struct Moment: Sendable {
    var move: Move
    var at: Int

    init(_ move: Move, at: Int) {
        self.move = move
        self.at = at
    }
}

/// Plays a story to deciders, each change the record of the next: no store, no clock.
struct Story {
    static let worker = WorkerID(7)
    static let run = RunID(.call, "5f1c9d10-6b1e-4a0b-9d36-6f5d3f6c2a11")
    static let noon = Timestamp(milliseconds: 1_775_648_073_000)

    private let run: RunID
    private(set) var record: RunRecord?
    private var asked: EffectKey?
    private var deliveries: [Delivery] = []

    init(_ run: RunID?) throws {
        self.run = try #require(run)
    }

    /// - Returns: what the decider makes of it.
    mutating func play(_ moment: Moment, on flows: FlowsAtHand) throws -> Decision {
        let decider = Decider(
            run: run,
            flows: flows,
            worker: Self.worker,
            at: Self.noon + moment.at,
            render: Documents.render
        )
        let decision = try decide(moment.move, decider)
        record = decision.change.record ?? record
        deliveries += decision.change.deliveries
        if case .ask(let request, _) = decision.verdict { asked = request.key }
        return decision
    }

    private func decide(_ move: Move, _ decider: Decider) throws -> Decision {
        switch move {
        case .call(let flow): return decider.decide(arrival(.call, .flow(flow)), record)
        case .callOn(let number): return decider.decide(arrival(.call, .number(number)), record)
        case .message(let flow): return decider.decide(arrival(.message, .flow(flow)), record)
        case .messageOn(let number): return decider.decide(arrival(.message, .number(number)), record)
        case .hangup(let status, let flow):
            let hangup = Hangup(callStatus: status, cause: "NORMAL_CLEARING", billDuration: 0)
            return decider.decide(arrival(.hangup(hangup), .flow(flow)), record)
        case .callback(let name, let turn, let flow, let word, let node, let token):
            let version = record?.runs.last { $0.flow == flow }?.version ?? TestFlows.version(1, of: flow)
            let step = StepAddress(run: run, flow: flow, version: version, node: node, turn: turn)
            var callback = Callback(name, turn: turn, parameters)
            callback.parameters.append(name == Callback.action ? "DialStatus" : "DialAction", word)
            if name != Callback.action { callback.parameters.append("DialBLegUUID", "leg") }
            if name == "event" { callback.parameters.append("RecordingID", "recording") }
            var arrival = arrival(.callback(callback, step), .flow(flow))
            arrival.holdsToken = token
            return decider.decide(arrival, record)
        case .answered(let status):
            return decider.requestEnded(try #require(asked), RequestResult(statusCode: status), turn: 0, record)
        case .delivered(let index, let status):
            let key = try #require(deliveries.indices.contains(index) ? deliveries[index].key : nil)
            return decider.requestEnded(key, RequestResult(statusCode: status), turn: nil, record)
        case .timeIsUp: return decider.timeIsUp(record)
        }
    }

    private func arrival(_ kind: Arrival.Kind, _ target: Arrival.Target) -> Arrival {
        Arrival(kind: kind, run: run, target: target, parameters: parameters)
    }

    private var parameters: Parameters {
        Parameters([("CallUUID", run.text), ("From", "14155551234"), ("To", "14155550100")])
    }
}
