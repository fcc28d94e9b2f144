package org.benchmarkresults.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.benchmarkresults.config.ConfigException;
import org.benchmarkresults.config.NearestWord;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How command lines are parsed and their errors reported; an error has the exit code 1 if the
 * command has no other.
 */
public final class CommandLines {
  private static final Pattern NAME = Pattern.compile("-{0,2}[A-Za-z][A-Za-z-]{0,29}");

  private CommandLines() {}

  /** Prepares a command that writes to these streams; add its subcommands before. */
  public static CommandLine prepared(CommandLine command, PrintStream out, PrintStream err) {
    return command
        .setExpandAtFiles(false)
        .setOut(writer(out))
        .setErr(writer(err))
        .setParameterExceptionHandler(CommandLines::wrongArguments)
        .setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int wrongArguments(ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    command.getErr().println(message(fault, arguments));
    command.usage(command.getErr());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** Never repeats what may be a connection string with a password, or an API key. */
  private static String message(ParameterException fault, String[] arguments) {
    CommandSpec spec = fault.getCommandLine().getCommandSpec();
    if (fault instanceof MissingParameterException) {
      // The option that is missing may be there, misspelt.
      return Arrays.stream(arguments)
          .map(CommandLines::name)
          .filter(name -> name.startsWith("--") && !spec.optionsMap().containsKey(name))
          .findFirst()
          .map(name -> unknownOption(name, spec))
          .orElse(String.valueOf(fault.getMessage()));
    }
    if (!(fault instanceof UnmatchedArgumentException unmatched)) {
      return fault.getArgSpec() instanceof OptionSpec option && fault.getValue() != null
          ? "invalid value for option " + option.longestName()
          : String.valueOf(fault.getMessage());
    }
    String word = unmatched.getUnmatched().get(0);
    if (word.startsWith("-")) {
      return unknownOption(name(word), spec);
    }
    return spec.subcommands().isEmpty()
        ? "unexpected argument"
        : "unknown command"
            + shown(word)
            + NearestWord.suggestion(word, spec.subcommands().keySet());
  }

  private static String name(String option) {
    return option.replaceFirst("=.*", "");
  }

  private static String unknownOption(String name, CommandSpec spec) {
    return "unknown option"
        + shown(name)
        + NearestWord.suggestion(name, spec.optionsMap().keySet());
  }

  /** The word, if it looks like the name of a command or an option. */
  private static String shown(String word) {
    return NAME.matcher(word).matches() ? " " + word : "";
  }

  private static int failed(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName().replaceFirst("\\S+ ", "");
    switch (failure) {
      case ConfigException config -> config.faults().forEach(err::println);
      // Its message is the path alone.
      case FileSystemException file -> err.println(name + ": cannot access " + file.getMessage());
      default ->
          err.println(
              name + ": " + (failure.getMessage() == null ? failure : failure.getMessage()));
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
