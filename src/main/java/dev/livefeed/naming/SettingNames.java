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
 * The names of settings in any notation: {@code http.port}, {@code HTTP_PORT}, {@code http_port}. Distinguishes
 * misspelt names from names that belong to other programs.
 */
public final class SettingNames {

    private static final int MAX_DISTANCE = 2;

    /** Names by their normalized form, such as HTTP_PORT. */
    private final Map<String, String> names = new TreeMap<>();
    /** The normalized forms in the singular, by the normalized form. */
    private final Map<String, String> singulars = new TreeMap<>();

    public SettingNames(Collection<String> names) {
        names.forEach(name -> {
            String plain = plain(name);
            this.names.put(plain, name);
            singulars.put(plain, singular(plain));
        });
    }

    /**
     * The setting that a name is a misspelling of: a few wrong letters, singular or plural, or a different separator.
     * Null if there is none. The shorter a name, the fewer wrong letters are accepted.
     */
    public String meantBy(String name) {
        String plain = plain(name);
        String same = names.get(plain);
        if (same != null) {
            return same;
        }
        String one = singular(plain);
        String best = null;
        int bestDistance = MAX_DISTANCE + 1;
        for (Map.Entry<String, String> known : names.entrySet()) {
            int distance = distance(plain, one, known.getKey());
            if (distance < bestDistance) {
                bestDistance = distance;
                best = known.getValue();
            }
        }
        return best;
    }

    /** The setting with most words in common with the name, or null if none has {@code minCommonWords}. */
    public String nearest(String name, int minCommonWords) {
        Set<String> words = words(name);
        String best = null;
        double bestSimilarity = 0;
        for (String known : names.values()) {
            Set<String> others = words(known);
            long common = others.stream().filter(words::contains).count();
            double similarity = (double) common / (words.size() + others.size() - common);
            if (common >= minCommonWords && similarity > bestSimilarity) {
                bestSimilarity = similarity;
                best = known;
            }
        }
        return best;
    }

    /** Edit distance, or more than {@link #MAX_DISTANCE} if there are too many errors for the length of the name. */
    private int distance(String plain, String singular, String known) {
        int limit = maxTypos(known, plain);
        int distance = Math.min(
                EditDistance.between(plain, known, limit), EditDistance.between(singular, singulars.get(known), limit));
        return distance <= limit ? distance : MAX_DISTANCE + 1;
    }

    private static int maxTypos(String known, String plain) {
        int letters = Math.min(known.length(), plain.length());
        return letters < 5 ? 0 : letters < 10 ? 1 : MAX_DISTANCE;
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
