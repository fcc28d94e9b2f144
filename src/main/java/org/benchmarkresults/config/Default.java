package org.benchmarkresults.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The default of a setting, as a text of the environment. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Default {
  String value();

  /** The path before the setting was renamed; read for one release, with a warning. */
  String formerPath() default "";
}
