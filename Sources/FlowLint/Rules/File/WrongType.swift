import FlowDocument

/// A value that cannot be read as what its key wants.
enum WrongType: Rule {
    static let code = Code.wrongType
    static let summary = "A value is not of the kind that its key takes."
    static let why = """
        A value is the text that was written. Where a whole number, a boolean, a list or one of a few words is \
        wanted, the text has to read as one.
        """
    static let bad = [
        Example.dialling("ring_timeout: ↓thirty")
    ]
    static let good = [
        Example.dialling("ring_timeout: 30")
    ]
}
