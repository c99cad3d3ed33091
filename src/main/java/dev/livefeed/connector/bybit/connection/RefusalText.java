package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.topic.Topic;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Interprets the undocumented text of a refused request: which topics it names, and whether it is a refusal at all.
 */
final class RefusalText {

    private static final Pattern TOO_MANY = Pattern.compile(
            "too many|rate.?limit|too frequent|too fast|" + code("10006|10018|10429"), Pattern.CASE_INSENSITIVE);

    private static final Pattern TEMPORARY = Pattern.compile(
            "\\bserver error\\b|\\binternal\\b|\\btime.?out\\b|\\btimed out\\b|\\bbusy\\b|\\btry again\\b"
                    + "|\\bunavailable\\b|" + code("10000|10016|10019"),
            Pattern.CASE_INSENSITIVE);

    private RefusalText() {}

    /** Matches codes, but not numbers within a topic name, such as the strike of an option. */
    private static String code(String numbers) {
        return "(?<![\\w.-])(?:" + numbers + ")(?![\\w-]|\\.\\w)";
    }

    /** Whether the text is about the number of requests and not about a topic. */
    static boolean tooMany(String text) {
        return TOO_MANY.matcher(text).find();
    }

    /** Whether the text describes a temporary failure of the venue. */
    static boolean temporary(String text) {
        return TEMPORARY.matcher(text).find();
    }

    /** Whether the text says that the topic is already subscribed, which is not an error. */
    static boolean alreadySubscribed(String text) {
        return text.contains("already subscribed");
    }

    /** The topics that the text names. */
    static List<Topic> named(String text, List<Topic> topics) {
        return topics.stream().filter(topic -> names(text, topic.name().text())).toList();
    }

    /** Whether the text contains the complete name, not as a part of a longer one. */
    static boolean names(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !partOfName(text.charAt(at - 1));
            boolean ends = end == text.length()
                    || !partOfName(text.charAt(end))
                    || (text.charAt(end) == '.' && (end + 1 == text.length() || !partOfName(text.charAt(end + 1))));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean partOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
}
