package dev.livefeed.app.route.reload;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Limits of a route file, checked before it is parsed: parsing time grows with the square of the line length, the stack
 * with the depth, and memory with repeated aliases.
 */
final class RouteFileLimits {

    static final int MAX_FILES = 256;
    static final int MAX_FILE_BYTES = 256 * 1024;
    static final int MAX_LINE_BYTES = 16 * 1024;
    static final int MAX_DEPTH = 100;
    /** Maximum number of nodes with all aliases expanded. */
    static final int MAX_NODES = 20_000;

    private final String file;
    private final Deque<Collection> open = new ArrayDeque<>();
    private final Map<String, Long> anchors = new HashMap<>();
    private long nodes;

    private RouteFileLimits(String file) {
        this.file = file;
    }

    /** The fault of a file that exceeds a limit or is not YAML; null if it may be parsed. */
    static RouteFault fault(String file, byte[] content) {
        if (content.length > MAX_FILE_BYTES) {
            return RouteFault.of(file, "the file is larger than " + MAX_FILE_BYTES / 1024 + " KiB; split it");
        }
        if (new String(content, StandardCharsets.UTF_8).isBlank()) {
            return RouteFault.of(file, "the file is empty; write its routes, or delete it");
        }
        if (beginsWithMark(content)) {
            return new RouteFault(
                    file, 1, null, "the file begins with a byte order mark (BOM); save it as UTF-8 without one");
        }
        RouteFault text = noText(file, content);
        if (text != null) {
            return text;
        }
        Integer line = tooLong(content);
        if (line != null) {
            return new RouteFault(
                    file, line, null, "the line is longer than " + MAX_LINE_BYTES / 1024 + " KiB; break it");
        }
        return new RouteFileLimits(file).walk(content);
    }

    /** Camel cannot read UTF-8 with a byte order mark, nor UTF-16. */
    private static boolean beginsWithMark(byte[] content) {
        return startsWith(content, 0xEF, 0xBB, 0xBF)
                || startsWith(content, 0xFE, 0xFF)
                || startsWith(content, 0xFF, 0xFE);
    }

    private static boolean startsWith(byte[] content, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= content.length || (content[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Camel's and the YAML library's reasons for these name neither a line nor what to do. */
    private static RouteFault noText(String file, byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer chars = CharBuffer.allocate(content.length);
        boolean malformed =
                StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true).isError();
        int line = 1;
        for (char c : chars.flip().toString().toCharArray()) {
            if (c == '\n') {
                line++;
            } else if (c < ' ' && c != '\t' && c != '\r' || c == 0x7F) {
                return new RouteFault(
                        file,
                        line,
                        null,
                        String.format(
                                "the line has the control character U+%04X; save the file as UTF-8 text", (int) c));
            }
        }
        return malformed ? new RouteFault(file, line, null, "the line is not UTF-8; save the file as UTF-8") : null;
    }

    private static Integer tooLong(byte[] content) {
        int line = 1;
        int begin = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n' || content[i] == '\r') {
                begin = i + 1;
                line += content[i] == '\n' ? 1 : 0;
            } else if (i - begin >= MAX_LINE_BYTES) {
                return line;
            }
        }
        return null;
    }

    /** Reads only the event stream: there is no recursion, and reading ends at the first limit. */
    private RouteFault walk(byte[] content) {
        try {
            Parse parse = new Parse(LoadSettings.builder().setLabel(file).build());
            for (Event event : parse.parseInputStream(new ByteArrayInputStream(content))) {
                RouteFault fault = take(event);
                if (fault != null) {
                    return fault;
                }
            }
            return null;
        } catch (MarkedYamlEngineException e) {
            String reason = (e.getContext() == null ? "" : e.getContext() + ": ") + e.getProblem();
            return new RouteFault(
                    file, e.getProblemMark().map(RouteFileLimits::line).orElse(null), null, RouteTrial.line(reason));
        } catch (YamlEngineException e) {
            return RouteFault.of(file, RouteTrial.line(e.getMessage()));
        } catch (NumberFormatException e) {
            return RouteFault.of(file, "an escape in quotes, \\x or \\u, is not followed by hexadecimal digits");
        }
    }

    private RouteFault take(Event event) {
        if (event instanceof NodeEvent && !open.isEmpty() && open.peek().repeats(event)) {
            return at(
                    event,
                    "the key " + ((ScalarEvent) event).getValue() + " is there twice, and only one of both would count;"
                            + " join them, or remove one");
        }
        if (event instanceof ScalarEvent && open.isEmpty()) {
            return at(event, "the file holds no routes but a single value; write its routes, or delete it");
        }
        if (event instanceof CollectionStartEvent start) {
            open.push(new Collection(
                    start.getAnchor().map(Object::toString).orElse(null),
                    nodes,
                    event.getEventId() == Event.ID.MappingStart));
            nodes++;
            if (open.size() > MAX_DEPTH) {
                return at(event, "the file nests deeper than " + MAX_DEPTH + " levels");
            }
        } else if (event.getEventId() == Event.ID.SequenceEnd || event.getEventId() == Event.ID.MappingEnd) {
            Collection ended = open.pop();
            if (ended.anchor != null) {
                anchors.put(ended.anchor, nodes - ended.before);
            }
        } else if (event instanceof AliasEvent alias) {
            nodes += anchors.getOrDefault(alias.getAlias().toString(), 1L);
        } else if (event instanceof NodeEvent) {
            nodes++;
        }
        return nodes > MAX_NODES
                ? at(event, "the file holds more than " + MAX_NODES + " values, those that aliases repeat included")
                : null;
    }

    private RouteFault at(Event event, String reason) {
        return new RouteFault(
                file, event.getStartMark().map(RouteFileLimits::line).orElse(null), null, reason);
    }

    private static Integer line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** An open collection. */
    private static final class Collection {

        private final String anchor;
        private final long before;
        private final boolean mapping;
        private final Set<String> keys = new HashSet<>();
        private boolean keyIsNext = true;

        /**
         * @param anchor its anchor, or null
         * @param before number of nodes before it
         */
        Collection(String anchor, long before, boolean mapping) {
            this.anchor = anchor;
            this.before = before;
            this.mapping = mapping;
        }

        /** Takes the next node of the collection; whether it is a key that was there before. */
        boolean repeats(Event node) {
            boolean key = mapping && keyIsNext;
            keyIsNext = !keyIsNext;
            return key && node instanceof ScalarEvent scalar && !keys.add(scalar.getValue());
        }
    }
}
