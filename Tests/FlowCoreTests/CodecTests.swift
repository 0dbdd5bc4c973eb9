enum P3 {}
