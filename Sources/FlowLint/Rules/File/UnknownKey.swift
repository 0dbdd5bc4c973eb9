import FlowDocument

/// A key that no node type and no flow has.
enum UnknownKey: Rule {
    static let code = Code.unknownKey
    static let summary = "A key is not one that stands here."
    static let why = """
        A mistyped key would be left out without a word, and the default would hold: the phone rings 30 seconds, \
        whatever was meant.
        """
    static let bad = [
        Example.dialling("↓ring_timout: 20")
    ]
    static let good = [
        Example.dialling("ring_timeout: 20")
    ]
}
