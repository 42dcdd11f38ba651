"""Opening what is private without an account: a reference, a code, and a cookie for one device."""
