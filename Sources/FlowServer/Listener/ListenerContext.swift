import Hummingbird

/// What is known of a request besides itself: nothing.
struct ListenerContext: InitializableFromSource {
    init(source: ApplicationRequestContextSource) {}
}
