package dev.livefeed.app;

/** Runs the command that the arguments name. */
public final class Program {

    private Program() {}

    /**
     * Runs the command and returns the exit status. Without arguments it is {@code run}, and the command-line library
     * is not loaded, which would take a tenth of the CPU time of a start.
     */
    public static int run(String[] args) {
        if (args.length > 0) {
            return CommandTree.run(args);
        }
        try {
            return new RunCommand().call();
        } catch (Exception e) {
            System.err.println("error: " + e);
            e.printStackTrace();
            return 1;
        }
    }
}
