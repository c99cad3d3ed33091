package dev.livefeed.app.conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.naming.SettingNames;
import dev.livefeed.protocol.codec.EventForms;
import dev.livefeed.protocol.codec.LineTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fields that are ignored because they are misspelt: {@code prevUpdateId}, without which no lost update is found.
 * Fields of other names may be in a line. Not thread-safe.
 */
final class SpellingRules {

    /** Lines checked of each type: all lines of a type have the same fields. */
    private static final int LINES = 500;

    private static final Map<String, SettingNames> NAMES = EventForms.types().stream()
            .filter(type -> !EventForms.fields(type).isEmpty())
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), type -> new SettingNames(EventForms.fields(type))));

    private final RuleFindings findings;
    private final Map<String, Integer> lines = new HashMap<>();

    SpellingRules(RuleFindings findings) {
        this.findings = findings;
    }

    /** Looks at a line; one that is no JSON object is left to other rules. */
    void line(byte[] text) {
        Set<String> fields = new HashSet<>();
        String type = null;
        try (JsonParser p = LineTree.MAPPER.getFactory().createParser(text)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                fields.add(name);
                type = name.equals("type") && value == JsonToken.VALUE_STRING ? p.getText() : type;
                p.skipChildren();
            }
        } catch (IOException e) {
            return;
        }
        if (type != null && NAMES.containsKey(type) && lines.merge(type, 1, Integer::sum) <= LINES) {
            misspelt(type, fields, text);
        }
    }

    private void misspelt(String type, Set<String> fields, byte[] text) {
        Set<String> known = EventForms.fields(type);
        for (String field : fields) {
            String meant = known.contains(field) ? null : meant(NAMES.get(type), field);
            if (meant != null && !fields.contains(meant)) {
                findings.failed(
                        ProtocolRule.FIELDS,
                        "the field \"" + field + "\" of a " + type + " is ignored; did you mean " + meant + '?',
                        text);
            }
        }
    }

    /** {@code isSnapshot} is {@code snapshot}. */
    private static String meant(SettingNames names, String field) {
        String meant = names.meantBy(field);
        return meant != null ? meant : names.meantBy(field.replaceFirst("^(is|IS)_?", ""));
    }
}
