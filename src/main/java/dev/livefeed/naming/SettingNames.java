package dev.livefeed.naming;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names of settings, whichever way they are written: {@code http.port}, {@code HTTP_PORT}, {@code http_port}.
 * Tells a mistyped one from one that is another's.
 */
public final class SettingNames {

    private static final int FARTHEST = 2;

    /** Words in capitals, joined by _, and the name itself. */
    private final Map<String, String> names = new TreeMap<>();

    public SettingNames(Collection<String> names) {
        names.forEach(name -> this.names.put(plain(name), name));
    }

    /**
     * The setting of which the name is a slip: a few letters off, in the singular or plural, or with its words joined
     * in another way. Null where it is none. The shorter a name, the fewer letters make another word of it.
     */
    public String meantBy(String name) {
        String plain = plain(name);
        String same = names.get(plain);
        if (same != null) {
            return same;
        }
        String best = null;
        int least = FARTHEST + 1;
        for (Map.Entry<String, String> known : names.entrySet()) {
            int distance = distance(plain, known.getKey());
            if (distance < least) {
                least = distance;
                best = known.getValue();
            }
        }
        return best;
    }

    /** The setting that has most words in common with the name, or null if none has enough. */
    public String nearest(String name, int leastWords) {
        Set<String> words = words(name);
        String best = null;
        double most = 0;
        for (String known : names.values()) {
            Set<String> others = words(known);
            long common = others.stream().filter(words::contains).count();
            double likeness = (double) common / (words.size() + others.size() - common);
            if (common >= leastWords && likeness > most) {
                most = likeness;
                best = known;
            }
        }
        return best;
    }

    /** Farther than the limit, because the words are too short for that number of typing errors. */
    private static int distance(String plain, String known) {
        int slips = slips(known, plain);
        int distance = Math.min(
                EditDistance.between(plain, known, slips),
                EditDistance.between(singular(plain), singular(known), slips));
        return distance <= slips ? distance : FARTHEST + 1;
    }

    private static int slips(String known, String plain) {
        int letters = Math.min(known.length(), plain.length());
        return letters < 5 ? 0 : letters < 10 ? 1 : FARTHEST;
    }

    private static String plain(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static String singular(String plain) {
        return Arrays.stream(plain.split("_")).map(SettingNames::singularWord).collect(Collectors.joining());
    }

    private static Set<String> words(String name) {
        return List.of(plain(name).split("_")).stream()
                .map(SettingNames::singularWord)
                .collect(Collectors.toSet());
    }

    private static String singularWord(String word) {
        if (word.length() > 4 && word.endsWith("IES")) {
            return word.substring(0, word.length() - 3) + 'Y';
        }
        return word.length() > 3 && word.endsWith("S") && !word.endsWith("SS")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
