package org.benchmarkresults.backend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a test class, whose constructor takes a {@link Backend}, on MongoDB: it tests what is
 * decided above the storage. {@code -Ddatabase=embedded} runs it on the embedded database, as the
 * profile chaos does.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("mongod")
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnDatabases.Databases.class)
public @interface OnMongod {}
