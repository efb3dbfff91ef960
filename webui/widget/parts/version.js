// The widget's own version (Semantic Versioning). What has been released under one stays as it is: a change takes a new one.
export const VERSION = "1.0.0";
