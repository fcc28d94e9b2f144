package org.benchmarkresults.backend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test class once on each of the databases named; its constructor takes the {@link Backend}.
 * {@code -Ddatabase=mongod} or {@code embedded} runs it on that one alone, whichever are named
 * here.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("database")
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnDatabases.Databases.class)
public @interface OnDatabases {
  Backend[] value() default {Backend.MONGOD, Backend.EMBEDDED};

  /** The databases of a class, or the one of the system property. */
  final class Databases implements ArgumentsProvider, AnnotationConsumer<OnDatabases> {
    private Backend[] databases;

    @Override
    public void accept(OnDatabases annotation) {
      String only = System.getProperty("database", "");
      databases =
          only.isEmpty()
              ? annotation.value()
              : new Backend[] {Backend.valueOf(only.toUpperCase(Locale.ROOT))};
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext test) {
      return Arrays.stream(databases).map(Arguments::of);
    }
  }
}
