package dev.livefeed.naming;

/** Edit distance between words: insertions, deletions, substitutions and swaps of adjacent letters. */
final class EditDistance {

    private EditDistance() {}

    /** The distance, or a larger number than {@code maxDistance} if it is larger; most words are given up early. */
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
        int least = 0;
        for (int i = 1; i <= a.length(); i++) {
            int[] spare = before;
            before = above;
            above = row;
            row = spare;
            row[0] = i;
            int leastAbove = least;
            least = i;
            for (int j = 1; j < row.length; j++) {
                char one = a.charAt(i - 1);
                char other = b.charAt(j - 1);
                row[j] = Math.min(above[j - 1] + (one == other ? 0 : 1), 1 + Math.min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && one == b.charAt(j - 2) && a.charAt(i - 2) == other) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least > maxDistance && leastAbove >= maxDistance) { // a swap takes the row above for one more
                return maxDistance + 1;
            }
        }
        return row[b.length()];
    }
}
