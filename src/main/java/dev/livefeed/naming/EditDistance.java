package dev.livefeed.naming;

/** Edit distance between words: insertions, deletions, substitutions and swaps of adjacent letters. */
final class EditDistance {

    private EditDistance() {}

    /** The distance, or a larger number than {@code maxDistance} if it is larger. */
    static int between(String a, String b, int maxDistance) {
        int difference = Math.abs(a.length() - b.length());
        if (difference > maxDistance) {
            return difference;
        }
        int[] before = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] spare = before;
            before = above;
            above = row;
            row = spare;
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                char one = a.charAt(i - 1);
                char other = b.charAt(j - 1);
                row[j] = Math.min(above[j - 1] + (one == other ? 0 : 1), 1 + Math.min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && one == b.charAt(j - 2) && a.charAt(i - 2) == other) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }
}
