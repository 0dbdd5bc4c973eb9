import FlowCore
import FlowDocument

/// A template where a number or a boolean is wanted.
enum TypeMismatch: Rule {
    static let code = Code.typeMismatch
    static let summary = "A template stands where a number or a boolean is expected."
    static let why = """
        How long it rings has to be known before the call. A value that turns out to be no number could not be \
        mended then.
        """
    static let bad = [
        Example.dialling("ring_timeout: ↓<<Start.call.from>>")
    ]
    static let good = [
        Example.dialling("ring_timeout: 25")
    ]
}
