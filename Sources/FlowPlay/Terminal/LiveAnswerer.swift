import FlowCore
package import FlowHost
import FlowStore

/// Sends requests for real: the one answerer that touches the network.
package struct LiveAnswerer: Answerer {
    private let courier: any Courier

    package init(_ courier: any Courier) {
        self.courier = courier
    }

    package func answer(_ made: RequestMade) async -> ScriptedAnswer {
        ScriptedAnswer(await courier.send(made.request, id: made.id, limit: .seconds(made.request.timeout)))
    }
}
