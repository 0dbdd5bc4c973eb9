import FlowCore
import FlowDocument

extension Value {
    /// The comma-separated parts of a text, or of each text of a list.
    var commaParts: [(scalar: Value, part: CommaPart)] {
        if let list { return list.flatMap(\.commaParts) }
        guard let text else { return [] }
        return CommaPart.parts(of: text).map { (self, $0) }
    }
}
