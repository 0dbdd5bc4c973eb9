import ArgumentParser
import FlowCore
import FlowHost
import FlowReports
import FlowStore
import FlowStoreSQLite

extension Flowd {
    struct Deliveries: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "deliveries",
            abstract: "Look at reports, send them again, check the books.",
            subcommands: [List.self, Show.self, Retry.self, Verify.self],
            defaultSubcommand: List.self
        )

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "list",
                abstract: "List deliveries, newest first."
            )

            @OptionGroup var options: StoreOptions

            @Option(help: "Only deliveries of this state: pending, delivered or dead.")
            var state: String?

            @Option(help: "How many at most.")
            var limit = 50

            @Argument(help: .hidden)
            var words: [String] = []

            func validate() throws {
                let names = ["list", "show", "retry", "verify"]
                if let complaint = UnknownCommand.complaint(words, behind: "deliveries", names) { throw complaint }
            }

            func run() async throws {
                let state = try state.map { name in
                    guard let state = Delivery.State.allCases.first(where: { $0.name == name }) else {
                        throw ValidationError("--state: expected pending, delivered or dead, found \"\(name)\"")
                    }
                    return state
                }
                guard (1...100_000).contains(limit) else { throw ValidationError("--limit is 1 to 100000") }
                let query = DeliveryQuery(state: state, limit: limit)
                let reports = try await options.using { store in
                    try await Deliveries.reports(store.deliveries(query, Line.init), store)
                }
                switch options.format {
                case .json: JSONList.print(try reports.map { try JSONList.item($0)[...] })
                case .text:
                    let rows = reports.map {
                        [$0.id, $0.state, $0.run, $0.node, $0.origin, "\($0.attempts.count)", $0.dueAt ?? ""]
                    }
                    Table.print(
                        ["ID", "STATE", "CALL", "NODE", "TO", "ATTEMPTS", "DUE"],
                        rows.map { Table.row($0.map(LogText.clean))[...] }
                    )
                }
            }
        }

        struct Show: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "show",
                abstract: "Show a delivery and its attempts."
            )

            @OptionGroup var options: StoreOptions

            @Argument(help: "The webhook-id.")
            var id: String

            func run() async throws {
                let report = try await options.using { store in
                    try await Deliveries.reports(
                        [store.delivery(DeliveryID(id)).map(Line.init)].compactMap(\.self),
                        store
                    )
                    .first
                }
                guard let report else { throw Failure("no delivery \"\(LogText.clean(id))\" in the store") }
                switch options.format {
                case .json: Console.print(String(decoding: try AdminJSON.bytes(report), as: UTF8.self), terminator: "")
                case .text:
                    Console.print("\(report.id)  \(report.state)")
                    Console.print(
                        "\(report.node) of \(report.flow), call \(LogText.clean(report.run)): \(report.method) \(report.origin)"
                    )
                    if let due = report.dueAt { Console.print("due \(due)") }
                    for attempt in report.attempts {
                        Console.print("  \(attempt.at)  \(LogText.clean(attempt.text))")
                    }
                }
            }
        }

        struct Retry: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "retry",
                abstract: "Send a delivery again, or all dead ones.",
                discussion: """
                    It keeps its webhook-id, and its end moves no run. A running server sends it within a second or two. \
                    One that was delivered is sent again only with --again.
                    """
            )

            @OptionGroup var options: StoreOptions

            @Argument(help: "The webhook-id.")
            var id: String?

            @Flag(help: "All dead deliveries.")
            var dead = false

            @Option(help: "With --dead: only those of this flow.")
            var flow: String?

            @Option(help: "With --dead: only those to this origin, such as https://example.com.")
            var origin: String?

            @Flag(help: "Send it though it was delivered.")
            var again = false

            func validate() throws {
                guard (id == nil) == dead else { throw ValidationError("name a delivery, or say --dead") }
                guard dead || flow == nil && origin == nil else {
                    throw ValidationError("--flow and --origin go with --dead")
                }
                guard !again || id != nil else { throw ValidationError("--again goes with one delivery") }
            }

            func run() async throws {
                let count = try await options.using { store in
                    guard let id else { return try await retryDead(store) }
                    if !again, let delivery = try await store.delivery(DeliveryID(id)), delivery.state == .delivered {
                        throw Failure(Self.refusal(delivery))
                    }
                    return try await store.retry(DeliveryID(id), at: Serve.now()) ? 1 : 0
                }
                if let id, count == 0 { throw Failure("no delivery \"\(LogText.clean(id))\" in the store") }
                switch options.format {
                case .json: Console.print("{\"retried\":\(count)}")
                case .text: Console.print("\(count) \(count == 1 ? "delivery is" : "deliveries are") due again")
                }
            }

            private static func refusal(_ delivery: Delivery) -> String {
                let when = delivery.attempts.last.map { " at \($0.at.iso8601), with status \($0.statusCode)" } ?? ""
                return "\(delivery.id) was delivered\(when): nothing is sent. --again sends it once more"
            }

            private func retryDead(_ store: SQLiteStore) async throws -> Int {
                let (flow, origin) = (flow, origin.map(Self.normal))
                // Those that are dead now: a running server may bury them again meanwhile. Those that held sensitive values
                // cannot be sent again.
                let dead = try await store.deliveries(DeliveryQuery(state: .dead, limit: .max)) { delivery in
                    let isWanted =
                        (flow ?? delivery.key.flow) == delivery.key.flow
                        && (origin.map { $0 == Self.normal(delivery.request.origin) } ?? true)
                    return isWanted && delivery.canBeSentAgain ? delivery.id : nil
                }.compactMap(\.self)
                var count = 0
                for id in dead where try await store.retry(id, at: Serve.now()) { count += 1 }
                return count
            }

            /// An origin as requests hold it: lower case, no slash, no port that its scheme means anyway.
            private static func normal(_ origin: String) -> String {
                var text = origin.lowercased()
                while text.hasSuffix("/") { text.removeLast() }
                for (scheme, port) in [("http://", ":80"), ("https://", ":443")]
                where text.hasPrefix(scheme) && text.hasSuffix(port) {
                    text.removeLast(port.count)
                }
                return text
            }
        }

        struct Verify: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "verify",
                abstract: "Check the books: for every run, enqueued = delivered + dead + pending."
            )

            @OptionGroup var options: StoreOptions

            func run() async throws {
                let audit = try await options.using { try await $0.audit() }
                switch options.format {
                case .json:
                    Console.print(String(decoding: try AdminJSON.bytes(Books(audit)), as: UTF8.self), terminator: "")
                case .text:
                    let sum =
                        "\(audit.enqueued) enqueued = \(audit.delivered) delivered + \(audit.dead) dead + \(audit.pending) pending"
                    Console.print(audit.balances ? sum : sum.replacing(" = ", with: " is not "))
                    for difference in audit.differences {
                        Console.print(
                            "  \(LogText.clean(difference.call.text)): \(difference.enqueued) enqueued, \(difference.found) found"
                        )
                    }
                }
                if !audit.balances { throw ExitCode(1) }
            }
        }

        /// The books, as JSON has them.
        private struct Books: Encodable {
            struct Difference: Encodable {
                var run: String
                var enqueued: Int
                var found: Int
            }

            var balances: Bool
            var enqueued: Int
            var delivered: Int
            var dead: Int
            var pending: Int
            var differences: [Difference]

            init(_ audit: Audit) {
                balances = audit.balances
                enqueued = audit.enqueued
                delivered = audit.delivered
                dead = audit.dead
                pending = audit.pending
                differences = audit.differences.map {
                    Difference(run: $0.call.text, enqueued: $0.enqueued, found: $0.found)
                }
            }
        }

        /// A delivery without its request, before its node has a name.
        private struct Line: Sendable {
            let report: DeliveryReport
            let version: VersionID
            let node: Int

            init(_ delivery: Delivery) {
                report = DeliveryReport(delivery, names: NodeNames(nil))
                version = delivery.key.version
                node = delivery.key.node
            }
        }

        private static func reports(_ lines: [Line], _ store: SQLiteStore) async throws -> [DeliveryReport] {
            var names: [VersionID: NodeNames] = [:]
            var reports: [DeliveryReport] = []
            for line in lines {
                if names[line.version] == nil {
                    names[line.version] = NodeNames(try await store.version(line.version).flatMap(\.built))
                }
                var report = line.report
                report.node = names[line.version]?.node(line.node) ?? report.node
                reports.append(report)
            }
            return reports
        }
    }
}
