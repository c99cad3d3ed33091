package dev.livefeed.exchange.account;

import java.util.Optional;
import java.util.Set;

/**
 * A topic of the private stream.
 *
 * @param kind "order", "execution", "execution.fast", "position" or "wallet"
 * @param category null for all categories
 */
record PrivateStreamTopic(String text, String kind, String category) {

    private static final Set<String> CATEGORIES = Set.of("spot", "linear", "inverse", "option");

    static Optional<PrivateStreamTopic> parse(String text) {
        if (text.equals("wallet")) {
            return Optional.of(new PrivateStreamTopic(text, text, null));
        }
        String kind = text.startsWith("execution.fast") ? "execution.fast" : text.replaceFirst("\\..*", "");
        String rest = text.substring(kind.length());
        if (!Set.of("order", "execution", "execution.fast", "position").contains(kind)) {
            return Optional.empty();
        }
        if (rest.isEmpty()) {
            return Optional.of(new PrivateStreamTopic(text, kind, null));
        }
        String category = rest.substring(1);
        boolean known = rest.charAt(0) == '.' && CATEGORIES.contains(category);
        boolean spotPosition = kind.equals("position") && category.equals("spot");
        return known && !spotPosition ? Optional.of(new PrivateStreamTopic(text, kind, category)) : Optional.empty();
    }

    boolean matches(String eventKind, String eventCategory) {
        return kind.equals(eventKind) && (category == null || eventCategory == null || category.equals(eventCategory));
    }
}
