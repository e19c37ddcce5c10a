"""What help there is for young people, where, and when it is open."""
