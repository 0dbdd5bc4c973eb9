package import FlowCore
import FlowDelivery
package import FlowDocument
package import FlowFiles
package import FlowHost
package import FlowStore
import FlowWeb
package import Logging
package import NIOCore
import NIOPosix
import Plivo
import ServiceLifecycle
package import UnixSignals

/// Puts `flowd serve` together: the one place that knows everybody.
///
/// - Parameters:
///   - folder: where flows are read from, for reloads; nil for flows that do not change.
///   - contents: what was read there, without an error in it.
///   - since: the files as they were before `contents` was read.
///   - courier: is run as well where it is a service.
///   - crashGuard: sets aside calls that crash the process; the watch of `store`.
///   - validate: what else is wrong with a set of flows, beyond what reading them finds.
///   - reloadSignals: what asks for a look at the folder.
///   - droppedLogLines: how many log lines nobody will read, for the metrics.
///   - onListening: called with the port of each listener once it takes connections.
/// - Throws: what the store throws as flows are stored.
package func buildApplication(
    _ configuration: ServeConfiguration,
    folder: FlowFolder?,
    contents: FlowFolder.Contents,
    since: FolderListing? = nil,
    store: any Store,
    courier: any Courier,
    worker: WorkerID,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    logger: Logger,
    now: @escaping @Sendable () -> Timestamp,
    crashGuard: CrashGuard? = nil,
    validate: @escaping @Sendable (FlowFolder.Contents) -> [Finding] = { _ in [] },
    reloadSignals: [UnixSignal] = [],
    droppedLogLines: @escaping @Sendable () -> Int = { 0 },
    onListening: @escaping @Sendable (Listener.Purpose, Int) -> Void = { _, _ in }
) async throws -> FlowApplication {
    let addresses = WebhookAddresses(publicURL: configuration.publicURL, key: try await store.sharedKey())
    let answers = AnswerXML(addresses: addresses)
    let metrics = FlowMetrics(droppedLogLines: droppedLogLines)
    let inbox = DeliveryInbox()
    let lastBeat = LastBeat()
    let watched = WatchedCourier(courier, logger: logger)
    let host = Host(
        flows: FlowSet(),
        store: store,
        courier: watched,
        inbox: inbox,
        worker: worker,
        render: { try? answers.bytes($0) },
        now: now,
        logger: logger,
        crashGuard: crashGuard
    )
    try await host.install(contents.flows, versions: contents.versions)

    if !configuration.checksSignatures {
        logger.warning("webhooks are not verified: PLIVO_AUTH_TOKEN is not set")
    }
    let heartbeat = Heartbeat(store: store, worker: worker, lastBeat: lastBeat, logger: logger, now: now)
    let deliveries = DeliveryWorker(
        store: store,
        worker: worker,
        inbox: inbox,
        courier: watched,
        sink: MeasuredSink(host, metrics: metrics, now: now),
        ladder: configuration.ladder,
        lastBeat: lastBeat,
        logger: logger,
        grace: configuration.deliveryGrace,
        now: now
    )
    let log = FlowLog(logger: logger, addresses: addresses)
    let opening = Opening { ports in
        func place(_ address: ListenerAddress, _ purpose: Listener.Purpose) -> Logger.MetadataValue {
            "\(ListenerAddress(host: address.host, port: ports[purpose] ?? address.port))"
        }
        log.serving(
            host.flows,
            [
                "listening": place(configuration.webhooks, .webhooks), "admin": place(configuration.admin, .admin),
                "store": "\(configuration.store)", "version": "\(configuration.version)",
            ]
        )
    }
    let isListening: @Sendable (Listener.Purpose, Int) -> Void = { purpose, port in
        opening.note(purpose, port)
        onListening(purpose, port)
    }
    let gate = WebhookGate(
        host: host,
        addresses: addresses,
        verifier: configuration.checksSignatures ? SignatureVerifier(tokens: configuration.authTokens) : nil,
        metrics: metrics,
        warnings: RefusalWarnings(logger: logger)
    )
    let webhooks = Listener(
        webhooks: configuration.webhooks,
        gate: gate,
        limits: configuration.webhookLimits,
        loop: group.next(),
        logger: logger,
        now: now,
        onListening: isListening
    )
    let admin = Listener(
        admin: configuration.admin,
        responder: AdminResponder(
            gate: AdminGate(
                host: host,
                store: store,
                metrics: metrics,
                version: configuration.version,
                address: configuration.admin.host,
                token: configuration.adminToken.flatMap { $0.isEmpty ? nil : BearerToken($0) },
                now: now
            )
        ),
        limits: configuration.adminLimits,
        loop: group.next(),
        logger: logger,
        onListening: isListening
    )

    // Each may lean on those before it: they begin in this order, and end the other way round.
    var services: [any Service] = []
    if let courier = courier as? any Service { services.append(courier) }
    services += [heartbeat, deliveries, Sweeper(host: host, logger: logger)]
    services.append(Pruner(store: store, keepSeconds: configuration.keepSeconds, logger: logger, now: now))
    if let folder {
        services.append(
            FlowReloader(
                folder: folder,
                begin: since,
                signals: reloadSignals,
                host: host,
                metrics: metrics,
                validate: validate,
                log: log
            )
        )
    }
    services += [admin, webhooks]
    return FlowApplication(
        host: host,
        metrics: metrics,
        services: services,
        heartbeat: heartbeat,
        store: store,
        limit: configuration.shutdownLimit,
        logger: logger
    )
}
